"""Lints all certificates (*.crt) and revocation lists (*.crl) of a folder with pkilint.

Prints a line for each finding of severity ERROR or above, then "linted N"; exits with 1 if there was
a finding. One process for all of them, for starting takes longer than linting.
"""

import sys
from pathlib import Path

from pkilint import loader, pkix
from pkilint.pkix import certificate, crl, extension, name
from pkilint.validation import ValidationFindingSeverity


def of_certificates():
    return certificate.create_pkix_certificate_validator_container(
        certificate.create_decoding_validators(
            name.ATTRIBUTE_TYPE_MAPPINGS, extension.EXTENSION_MAPPINGS
        ),
        [
            certificate.create_issuer_validator_container([]),
            certificate.create_validity_validator_container(),
            certificate.create_subject_validator_container([]),
            certificate.create_extensions_validator_container([]),
            certificate.create_spki_validator_container([]),
        ],
    )


def of_lists():
    return crl.create_pkix_crl_validator_container(
        [
            pkix.create_attribute_decoder(name.ATTRIBUTE_TYPE_MAPPINGS),
            pkix.create_extension_decoder(extension.EXTENSION_MAPPINGS),
        ],
        [
            crl.create_issuer_validator_container([]),
            crl.create_validity_validator_container([]),
            crl.create_extensions_validator_container([]),
        ],
    )


def main(folder):
    kinds = [
        (".crt", loader.RFC5280CertificateDocumentLoader(), of_certificates()),
        (".crl", loader.RFC5280CertificateListDocumentLoader(), of_lists()),
    ]
    linted = found = 0
    for ending, reader, validator in kinds:
        for path in sorted(Path(folder).glob("*" + ending)):
            document = reader.load_der_document(path.read_bytes(), path.name)
            linted += 1
            for result in validator.validate(document.root):
                for description in result.finding_descriptions:
                    finding = description.finding
                    # the graver, the lower
                    if finding.severity <= ValidationFindingSeverity.ERROR:
                        found += 1
                        print(path.name, finding.severity.name, finding.code, description.message)
    print("linted", linted)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
