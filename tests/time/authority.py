"""A time-stamping authority for tests, made with `openssl`: keys and certificates of its own, thrown away afterwards."""
import os
import subprocess

CONFIG = """[ req ]
distinguished_name = name
prompt = no
[ name ]
O = Example Time
CN = {name}
[ root ]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[ stamping ]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ also_mail ]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping, emailProtection
[ ca ]
default_ca = only
[ only ]
database = {folder}/index
serial = {folder}/ca-serial
new_certs_dir = {folder}
certificate = {folder}/root.pem
private_key = {folder}/root.key
default_md = sha256
policy = any
unique_subject = no
[ any ]
organizationName = optional
commonName = supplied
[ tsa ]
default_tsa = stamp
[ stamp ]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(*words, stdin=None):
    done = subprocess.run(["openssl", *[str(word) for word in words]], input=stdin, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {' '.join(map(str, words))}: {done.stderr.decode(errors='replace')}")
    return done.stdout


class Authority:
    """A root, and certificates under it; files lie in `folder`."""

    def __init__(self, folder):
        self.folder = str(folder)
        os.makedirs(self.folder, exist_ok=True)
        for name, text in (("serial", "01\n"), ("ca-serial", "01\n"), ("index", "")):
            self.write(name, text.encode())
        self._config("Example Root")
        self._key("root")
        openssl("req", "-x509", "-new", "-key", self.path("root.key"), "-config", self.path("config"), "-extensions", "root",
                "-days", 36500, "-out", self.path("root.pem"))
        self.issue("signer", "Example Signer", "stamping")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as out:
            out.write(content)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def _config(self, name):
        self.write("config", CONFIG.format(name=name, folder=self.folder).encode())

    def _key(self, name):
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", self.path(f"{name}.key"))

    def issue(self, name, subject, extensions, begin="20200101000000Z", end="21200101000000Z"):
        """A key and a certificate under the root."""
        self._config(subject)
        self._key(name)
        openssl("req", "-new", "-key", self.path(f"{name}.key"), "-config", self.path("config"), "-out", self.path(f"{name}.csr"))
        openssl("ca", "-batch", "-config", self.path("config"), "-in", self.path(f"{name}.csr"), "-extensions", extensions,
                "-startdate", begin, "-enddate", end, "-notext", "-out", self.path(f"{name}.pem"))

    def der(self, name):
        return openssl("x509", "-in", self.path(f"{name}.pem"), "-outform", "DER")

    def reply(self, request, signer="signer", *more):
        """The response to a request, both as bytes."""
        asked = self.write("request", request)
        openssl("ts", "-reply", "-config", self.path("config"), "-section", "stamp", "-queryfile", asked, "-signer",
                self.path(f"{signer}.pem"), "-inkey", self.path(f"{signer}.key"), "-out", self.path("response"), *more)
        return self.read("response")
