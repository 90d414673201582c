#!/usr/bin/env bash
# Makes the certificates of the TLS tests: a CA, a server of localhost and 127.0.0.1, a server of
# another name, a client, and a CA that nobody knows. Valid for a hundred years; worthless outside.
set -euo pipefail
cd "$(dirname "$0")"
ca() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -keyout "$1.key" -out "$1.pem" \
    -subj "/CN=$2" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
}
leaf() { # name, CN, SAN, CA
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$2"
  openssl x509 -req -in "$1.csr" -CA "$4.pem" -CAkey "$4.key" -CAcreateserial -days 36500 -out "$1.pem" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3")
  rm "$1.csr"
}
ca ca "camel-siem test CA"
ca stranger "camel-siem test stranger"
leaf server localhost DNS:localhost,IP:127.0.0.1 ca
leaf wrong siem.example DNS:siem.example ca
leaf client client DNS:client ca
rm -f ./*.srl ca.key stranger.key
