package lines

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
)

// TornMark ends a line that was left unfinished. No line that [Seal] writes ends with it.
const TornMark = "#torn"

// CRC-32C is computed in hardware on all current machines.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksumKey is the last key of a line; its value covers every byte before it.
const checksumKey = `,"c":"`

// checksumSize is the length of a line's end from checksumKey on, without the newline.
const checksumSize = len(checksumKey) + 8 + len(`"}`)

// Reasons why a line has no valid checksum.
var (
	errNoChecksum    = errors.New("it does not end in a checksum")
	errWrongChecksum = errors.New("its checksum does not match")
)

// Seal ends the line that begins at start with its checksum, closing brace and newline.
func Seal(b []byte, start int) []byte {
	sum := checksum(b[start:])
	b = append(b, checksumKey...)
	b = append(b, sum[:]...)
	return append(b, "\"}\n"...)
}

// Whole returns the part of a line up to the end that [Seal] gives it, without the newline, and whether anything
// follows there. ok is false if no part of the line has a valid checksum. It is for a line that has lost its newline:
// one that its writer did not finish has no such part.
func Whole(line []byte) (part []byte, more, ok bool) {
	sum, summed := uint32(0), 0
	for at := 0; ; {
		i := bytes.Index(line[at:], []byte(checksumKey))
		if i < 0 || at+i+checksumSize > len(line) {
			return nil, false, false
		}
		i += at
		sum, summed = crc32.Update(sum, castagnoli, line[summed:i]), i
		end := i + checksumSize
		if text := checksumText(sum); string(line[i:end]) == checksumKey+string(text[:])+`"}` {
			return line[:end], end < len(line), true
		}
		at = i + 1
	}
}

// Body returns the line up to its checksum. It fails if the checksum is missing or wrong.
func Body(line []byte) ([]byte, error) {
	n := len(line) - checksumSize
	if n < 0 || string(line[n:n+len(checksumKey)]) != checksumKey || string(line[len(line)-2:]) != `"}` {
		return nil, errNoChecksum
	}
	if sum := checksum(line[:n]); string(sum[:]) != string(line[n+len(checksumKey):len(line)-2]) {
		return nil, errWrongChecksum
	}
	return line[:n], nil
}

func checksum(b []byte) (text [8]byte) { return checksumText(crc32.Checksum(b, castagnoli)) }

func checksumText(sum uint32) (text [8]byte) {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], sum)
	hex.Encode(text[:], b[:])
	return text
}
