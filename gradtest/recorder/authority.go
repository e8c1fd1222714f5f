package recorder

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"slices"
	"sync"
	"time"
)

// authorityLife is how long the authority's certificate is valid. No program is recorded for longer.
const authorityLife = 7 * 24 * time.Hour

// domains are RingCentral's, for which the authority may sign.
var domains = []string{"ringcentral.com", "ringcentral.eu", "ringcentral.co.uk", "ringcentral.biz"}

// authority signs the certificates of the hosts whose connections are opened. It is safe for concurrent use.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey // of the authority and of all hosts; it stays in memory

	mu    sync.Mutex
	hosts map[string]*tls.Certificate
}

// newAuthority returns an authority of one run, which can sign only for RingCentral's hosts and the upstream.
func newAuthority(upstream *url.URL) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "gradtest record, for one run"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(authorityLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage:                    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: slices.Clone(domains),
	}
	if ip := net.ParseIP(upstream.Hostname()); ip != nil {
		if short := ip.To4(); short != nil {
			ip = short
		}
		template.PermittedIPRanges = []*net.IPNet{{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))}}
	} else {
		template.PermittedDNSDomains = append(template.PermittedDNSDomains, upstream.Hostname())
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &authority{certificate: certificate, key: key, hosts: make(map[string]*tls.Certificate)}, err
}

// pem returns the authority's certificate, for the program to trust.
func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
}

// config returns the TLS settings of a server that the program takes for host.
func (a *authority) config(host string) (*tls.Config, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	signed := a.hosts[host]
	if signed == nil {
		template := &x509.Certificate{
			SerialNumber: serial(), Subject: pkix.Name{CommonName: host},
			NotBefore: a.certificate.NotBefore, NotAfter: a.certificate.NotAfter, BasicConstraintsValid: true,
			KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		}
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = []net.IP{ip}
		} else {
			template.DNSNames = []string{host}
		}
		der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, a.key.Public(), a.key)
		if err != nil {
			return nil, err
		}
		signed = &tls.Certificate{Certificate: [][]byte{der, a.certificate.Raw}, PrivateKey: a.key}
		a.hosts[host] = signed
	}
	return &tls.Config{Certificates: []tls.Certificate{*signed}, NextProtos: []string{"h2", "http/1.1", "http/1.0"}}, nil
}

// serial returns a number that no other certificate has.
func serial() *big.Int {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b[:])
}
