//! Every form of file that openssl and keytool write is read to the same certificate, chain and key.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use keyturn_pki::read::{Form, Found, read};
use keyturn_pki::{Certificate, Material, Part, PrivateKey, Reason};

mod made;
use made::{KINDS, Made, PASSWORD};

#[test]
fn every_form_of_every_kind_of_key_is_read() {
    for (kind, _) in KINDS {
        let made = Made::of(kind);
        pem_in_any_order(&made);
        single_files(&made);
        bags_of_certificates(&made);
        encrypted_keys(&made);
        stores_of_openssl(&made);
    }
}

fn pem_in_any_order(made: &Made) {
    let text = made.joined(&["root.pem", "leaf.key", "mid.pem", "leaf.pem"]);
    expect(made, Form::Pem, &text, None);
    let noisy = format!(
        "\u{feff}Subject: nobody\nBag Attributes\n    localKeyID: 01 02\n{}\n-----\nmore\n",
        text.replace("-----BEGIN", "text: between\n-----BEGIN")
    );
    expect(made, Form::Pem, &noisy, None);
    expect(made, Form::Pem, text.replace('\n', "\r\n"), None);
    expect(made, Form::Pem, text.replace('\n', "\r"), None);
    expect(made, Form::Pem, text.replace('\n', " \n\t  "), None);
    let old = text.replace("CERTIFICATE-----", "X509 CERTIFICATE-----");
    expect(made, Form::Pem, &old, None);
    made.openssl("x509 -in leaf.pem -trustout -addtrust serverAuth -out trusted.pem");
    assert!(
        made.text("trusted.pem")
            .contains("BEGIN TRUSTED CERTIFICATE")
    );
    let text = made.joined(&["trusted.pem", "mid.pem", "root.pem", "leaf.key"]);
    expect(made, Form::Pem, &text, None);
}

fn single_files(made: &Made) {
    made.openssl("x509 -in leaf.pem -outform DER -out leaf.der");
    let found = read(&made.bytes("leaf.der"), None).unwrap();
    assert_eq!(found.form, Form::Der);
    assert_eq!(found.certificates, [certificate(made, "leaf.pem")]);

    made.openssl("pkey -in leaf.key -outform DER -out key.der");
    made.openssl("pkcs8 -topk8 -nocrypt -in leaf.key -outform DER -out key.p8");
    same_key(made, &made.bytes("key.p8"), None);
    same_key(made, &made.bytes("key.der"), None);
    if made
        .openssl("pkey -in leaf.key -text -noout")
        .contains("ED25519")
    {
        return;
    }
    made.openssl("pkey -in leaf.key -traditional -out old.pem");
    let old = made.text("old.pem");
    assert!(old.contains("RSA PRIVATE KEY") || old.contains("EC PRIVATE KEY"));
    same_key(made, old.as_bytes(), None);
    made.openssl("pkey -in leaf.key -traditional -outform DER -out old.der");
    same_key(made, &made.bytes("old.der"), None);
    made.openssl("pkey -in leaf.key -traditional -aes128 -passout pass:secret -out shut.pem");
    let refusal = read(&made.bytes("shut.pem"), Some("secret")).unwrap_err();
    assert_eq!(refusal.part, Part::PrivateKey);
    assert!(
        refusal
            .remedy
            .unwrap()
            .contains("openssl pkcs8 -topk8 -in key.pem")
    );
}

fn bags_of_certificates(made: &Made) {
    for (name, form) in [("bag.p7b", "PEM"), ("bag.p7c", "DER")] {
        made.openssl(&format!(
            "crl2pkcs7 -nocrl -certfile root.pem -certfile leaf.pem -certfile mid.pem \
             -outform {form} -out {name}"
        ));
        let found = read(&made.bytes(name), None).unwrap();
        let wanted = if form == "PEM" {
            Form::Pem
        } else {
            Form::Pkcs7
        };
        assert_eq!((found.form, found.certificates.len()), (wanted, 3));
        let material = found.into_material().unwrap();
        same_chain(made, &material);
    }
}

fn encrypted_keys(made: &Made) {
    for how in [
        "-v2 aes-256-cbc",
        "-v2 aes-128-cbc -v2prf hmacWithSHA512",
        "-v2 aes-192-cbc -v2prf hmacWithSHA1",
        "-v2 des3",
        "-scrypt",
        "-v1 PBE-SHA1-3DES",
    ] {
        for (form, file) in [("PEM", "shut.pem"), ("DER", "shut.p8")] {
            let line = format!("pkcs8 -topk8 -in leaf.key {how} -outform {form} -out {file}");
            let mut args: Vec<&str> = line.split(' ').collect();
            let password = format!("pass:{PASSWORD}");
            args.extend(["-passout", &password]);
            made.run("openssl", &args);
            let bytes = made.bytes(file);
            same_key(made, &bytes, Some(PASSWORD));
            let refusal = read(&bytes, None).unwrap_err();
            assert_eq!(refusal.reason, Reason::PasswordNeeded, "{how}");
            assert_eq!(refusal.part, Part::PrivateKey);
            let refusal = read(&bytes, Some("wrong horse")).unwrap_err();
            assert_eq!(refusal.reason, Reason::PasswordWrong, "{how}");
            assert_eq!(refusal.part, Part::Password);
        }
    }
}

fn stores_of_openssl(made: &Made) {
    made.put("chain.pem", made.joined(&["mid.pem", "root.pem"]));
    for how in [
        "",
        "-legacy",
        "-keypbe AES-256-CBC -certpbe NONE -macalg sha512",
        "-legacy -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-3DES",
        "-legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128",
        "-nomac",
        "-macalg sha384 -iter 100000",
        "-macalg sha1",
    ] {
        let line = format!("pkcs12 -export -inkey leaf.key -in leaf.pem -certfile chain.pem {how}");
        let mut args: Vec<&str> = line.split_whitespace().collect();
        let password = format!("pass:{PASSWORD}");
        args.extend(["-out", "store.p12", "-passout", &password]);
        made.run("openssl", &args);
        let bytes = made.bytes("store.p12");
        expect(made, Form::Pkcs12, &bytes, Some(PASSWORD));
        let refusal = read(&bytes, None).unwrap_err();
        assert_eq!(refusal.reason, Reason::PasswordNeeded, "{how}");
        assert_eq!(refusal.part, Part::File);
        let refusal = read(&bytes, Some("wrong horse")).unwrap_err();
        assert_eq!(refusal.reason, Reason::PasswordWrong, "{how}: {refusal}");
    }
    for password in ["pass:", "pass:páßwörd-漢字"] {
        let line = "pkcs12 -export -inkey leaf.key -in leaf.pem -certfile chain.pem -out store.p12";
        let mut args: Vec<&str> = line.split_whitespace().collect();
        args.extend(["-passout", password]);
        made.run("openssl", &args);
        let password = password
            .strip_prefix("pass:")
            .filter(|text| !text.is_empty());
        expect(made, Form::Pkcs12, made.bytes("store.p12"), password);
    }
}

#[test]
fn key_stores_of_java_are_read() {
    for kind in ["rsa", "p256"] {
        let made = Made::of(kind);
        made.put("chain.pem", made.joined(&["mid.pem", "root.pem"]));
        made.openssl(
            "pkcs12 -export -inkey leaf.key -in leaf.pem -certfile chain.pem -name server \
             -out from.p12 -passout pass:changeit",
        );
        for (form, name) in [(Form::Pkcs12, "PKCS12"), (Form::Jks, "JKS")] {
            made.keytool(&format!(
                "-importkeystore -srckeystore from.p12 -srcstorepass changeit -destkeystore \
                 {name}.store -deststoretype {name} -deststorepass changeit -noprompt"
            ));
            let bytes = made.bytes(&format!("{name}.store"));
            expect(&made, form, &bytes, Some("changeit"));
            let refusal = read(&bytes, None).unwrap_err();
            assert_eq!(refusal.reason, Reason::PasswordNeeded);
            let refusal = read(&bytes, Some("changeme")).unwrap_err();
            assert_eq!(refusal.reason, Reason::PasswordWrong);

            made.keytool(&format!(
                "-importcert -file root.pem -alias trusted -keystore {name}.trust -storetype {name} \
                 -storepass changeit -noprompt"
            ));
            let found = read(&made.bytes(&format!("{name}.trust")), Some("changeit")).unwrap();
            assert_eq!((found.form, found.keys.len()), (form, 0));
            assert_eq!(found.certificates, [certificate(&made, "root.pem")]);
        }
        // Certificates stand open in the old format.
        assert_eq!(
            read(&made.bytes("JKS.trust"), None)
                .unwrap()
                .certificates
                .len(),
            1
        );
    }
}

#[test]
fn a_key_with_a_password_of_its_own_is_refused_with_what_to_do() {
    let made = Made::nothing();
    made.keytool(
        "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=a -keystore s.jks \
         -storetype JKS -storepass changeit -keypass another",
    );
    let refusal = read(&made.bytes("s.jks"), Some("changeit")).unwrap_err();
    assert_eq!(refusal.reason, Reason::PasswordWrong);
    assert!(refusal.remedy.unwrap().contains("keytool -keypasswd"));
    made.keytool(
        "-genseckey -alias a -keyalg AES -keysize 128 -keystore s.jceks -storetype JCEKS \
         -storepass changeit -keypass changeit",
    );
    let refusal = read(&made.bytes("s.jceks"), Some("changeit")).unwrap_err();
    assert!(refusal.remedy.unwrap().contains("-deststoretype PKCS12"));
}

#[test]
fn several_aliases_are_all_read() {
    let made = Made::nothing();
    for name in ["one", "two", "three"] {
        for kind in ["JKS", "PKCS12"] {
            made.keytool(&format!(
                "-genkeypair -alias {name} -keyalg EC -groupname secp256r1 -dname CN={name} \
                 -keystore {kind} -storetype {kind} -storepass changeit -keypass changeit"
            ));
        }
    }
    for kind in ["JKS", "PKCS12"] {
        let found = read(&made.bytes(kind), Some("changeit")).unwrap();
        assert_eq!((found.certificates.len(), found.keys.len()), (3, 3));
        for certificate in &found.certificates {
            let own = found.keys.iter().filter(|key| key.matches(certificate));
            assert_eq!(own.count(), 1);
        }
        let refusal = found.into_material().unwrap_err();
        assert!(refusal.message.contains("3 certificates"), "{refusal}");
    }
}

#[test]
fn requests_are_read() {
    let made = Made::nothing();
    made.openssl(
        "req -new -newkey rsa:2048 -nodes -keyout a.key -subj /CN=a -out a.csr -addext \
         subjectAltName=DNS:a.example",
    );
    made.openssl("req -in a.csr -outform DER -out a.der");
    let der = made.bytes("a.der");
    let text = made.text("a.csr");
    let new = text.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
    for (bytes, form) in [
        (&der[..], Form::Der),
        (text.as_bytes(), Form::Pem),
        (new.as_bytes(), Form::Pem),
    ] {
        let found = read(bytes, None).unwrap();
        assert_eq!(found.form, form);
        assert_eq!(found.requests, std::slice::from_ref(&der));
    }
    let both = format!("{text}{}", made.text("a.key"));
    let material = read(both.as_bytes(), None)
        .unwrap()
        .into_material()
        .unwrap();
    assert_eq!(material.request, Some(der));
    assert!(material.private_key.is_some() && material.certificate.is_none());
}

#[test]
fn parameters_and_public_keys_beside_a_key_are_passed_over() {
    let made = Made::nothing();
    made.openssl("ecparam -name prime256v1 -genkey -out ec.pem");
    made.openssl("ec -in ec.pem -pubout -out public.pem");
    let text = made.joined(&["public.pem", "ec.pem"]);
    assert!(text.contains("BEGIN EC PARAMETERS") && text.contains("BEGIN PUBLIC KEY"));
    assert_eq!(read(text.as_bytes(), None).unwrap().keys.len(), 1);
    made.openssl("ec -in ec.pem -pubout -outform DER -out public.der");
    let refusal = read(&made.bytes("public.der"), None).unwrap_err();
    assert!(refusal.message.contains("a public key"), "{refusal}");
}

/// Reads a whole file and finds the certificate, its chain and its key.
fn expect(made: &Made, form: Form, bytes: impl AsRef<[u8]>, password: Option<&str>) {
    let found = read(bytes.as_ref(), password).unwrap();
    assert_eq!(found.form, form);
    let (certificates, keys) = (found.certificates.len(), found.keys.len());
    assert_eq!((certificates, keys), (3, 1), "{form:?}");
    let material = found.into_material().unwrap();
    same_chain(made, &material);
    let key = material.private_key.as_ref().unwrap();
    assert!(key.matches(&certificate(made, "leaf.pem")));
    assert_eq!(key.pkcs8_der(), own_key(made).pkcs8_der());
}

fn same_chain(made: &Made, material: &Material) {
    assert_eq!(material.certificate, Some(certificate(made, "leaf.pem")));
    assert_eq!(material.intermediates, [certificate(made, "mid.pem")]);
    assert_eq!(material.roots, [certificate(made, "root.pem")]);
    let pem = material.intermediate_pem().unwrap();
    assert_eq!(pem, certificate(made, "mid.pem").to_pem());
}

fn same_key(made: &Made, bytes: &[u8], password: Option<&str>) {
    let Found { keys, .. } = read(bytes, password).unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].pkcs8_der(), own_key(made).pkcs8_der());
}

fn own_key(made: &Made) -> PrivateKey {
    read(&made.bytes("leaf.key"), None).unwrap().keys.remove(0)
}

fn certificate(made: &Made, name: &str) -> Certificate {
    read(&made.bytes(name), None)
        .unwrap()
        .certificates
        .remove(0)
}
