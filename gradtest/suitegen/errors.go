package suitegen

import "errors"

// ErrNothing is the error of a request without an operation that can be an endpoint.
var ErrNothing = errors.New("suitegen: no operations: a suite needs at least one")

// ErrElsewhere is the error of [Open] if the App is declared in another file of the directory.
var ErrElsewhere = errors.New("the App is declared in another file")
