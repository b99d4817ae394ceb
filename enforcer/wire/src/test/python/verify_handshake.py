"""Reads captured handshakes, one JSON object per line, and says of each whether it holds.

Written from PROTOCOL.md alone, against the standard library and python3-cryptography, so that the
Java code is not its own judge. Prints "ok", the transcript, an exported secret and the SHA-256 of
what both directions carried, or "refused" and a word.
"""
import base64, datetime, hashlib, hmac, json, struct, sys
from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PURPOSE = "2.25.148295711"
SUITE = "OARLOCK-1-X25519-P256-SHA256-A256GCM"
STRENGTH = ["authorise", "integrity", "encrypt"]
MEMBERS = {
    1: {"suites", "nonce", "share", "profile", "audience", "time", "protection", "epoch"},
    2: {"suite", "nonce", "share", "profile", "protection", "epoch"},
    3: {"initiatorNonce", "responderNonce", "transcript", "protection"},
}


class Refused(Exception):
    pass


def need(truth, word):
    if not truth:
        raise Refused(word)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unb64(text):
    need(isinstance(text, str), "base64")
    try:
        value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise Refused("base64")
    need(base64.urlsafe_b64encode(value).rstrip(b"=").decode() == text, "base64")
    return value


def strict(data):
    def pairs(found):
        need(len({name for name, _ in found}) == len(found), "json")
        return dict(found)

    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=pairs)
    except ValueError:
        raise Refused("json")


def label(text):
    return text.encode() + b"\0"


def extract(salt, secret):
    return hmac.new(salt, secret, hashlib.sha256).digest()


def expand(key, info, length):
    out, block = b"", b""
    while len(out) < length:
        block = hmac.new(key, block + info.encode() + bytes([len(out) // 32 + 1]), hashlib.sha256).digest()
        out += block
    return out[:length]


def verified(key, signature, message):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


class Frame:
    def __init__(self, data, kind):
        need(8 <= len(data) <= 8192 and data[:4] == b"OARL" and data[4] == 1, "frame")
        need(data[5] == kind, "frame")
        length = struct.unpack(">H", data[6:8])[0]
        proofs = 64 if kind == 1 else 96
        need(len(data) == 8 + length + proofs, "frame")
        self.whole, self.core = data, data[: 8 + length]
        self.signature, self.mac = data[8 + length : 8 + length + 64], data[8 + length + 64 :]
        self.body = strict(data[8 : 8 + length])
        need(isinstance(self.body, dict) and set(self.body) == MEMBERS[kind], "members")
        need(self.body["protection"] in STRENGTH, "protection")


class Profile:
    def __init__(self, text, capture):
        self.hash = sha(text.encode())
        parts = text.split(".")
        need(len(parts) == 3, "profile")
        header, claims = strict(unb64(parts[0])), strict(unb64(parts[1]))
        need(set(header) == {"alg", "typ", "x5c"} and header["alg"] == "ES256", "profile")
        need(header["typ"] == "oarlock-profile+jwt" and len(header["x5c"]) == 1, "profile")
        need(set(claims) == {"iss", "sub", "ns", "iat", "exp", "tags", "cnf"}, "profile")
        certificate = issued(unb64(header["x5c"][0]), capture)
        self.check(certificate, claims, capture)
        signed = (parts[0] + "." + parts[1]).encode()
        need(verified(certificate.public_key(), unb64(parts[2]), signed), "profile signature")
        jwk = claims["cnf"]["jwk"]
        need(jwk["kty"] == "EC" and jwk["crv"] == "P-256", "profile key")
        point = b"\x04" + unb64(jwk["x"]) + unb64(jwk["y"])
        try:
            self.key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except ValueError:
            raise Refused("profile key")

    def check(self, certificate, claims, capture):
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        need([each.dotted_string for each in purposes] == [PURPOSE], "purpose")
        name = {each.oid._name: each.value for each in certificate.subject}
        need(name["commonName"] == claims["iss"], "enforcer")
        need(inside(capture["namespace"], name["organizationName"]), "namespace")
        need(inside(name["organizationName"], claims["ns"]), "namespace")
        now = datetime.datetime.utcfromtimestamp(capture["now"] / 1000)
        need(certificate.not_valid_before <= now < certificate.not_valid_after, "dates")
        need(claims["iat"] <= capture["now"] / 1000 < claims["exp"], "dates")


def issued(der, capture):
    """The certificate, once its issuer's signature holds: what is in it is parsed no sooner."""
    authority = x509.load_der_x509_certificate(base64.b64decode(capture["authority"]))
    try:
        certificate = x509.load_der_x509_certificate(der)
        authority.public_key().verify(
            certificate.signature, certificate.tbs_certificate_bytes, ec.ECDSA(hashes.SHA256()))
    except (ValueError, x509.InvalidVersion):
        raise Refused("certificate")
    except InvalidSignature:
        raise Refused("issuer")
    need(certificate.issuer == authority.subject, "issuer")
    return certificate


def inside(above, below):
    return above == "/" or below == above or below.startswith(above + "/")


def opened(records, traffic, protection):
    plain, number, ended = b"", 0, False
    key, iv = expand(traffic, "oarlock/1 key", 32), expand(traffic, "oarlock/1 iv", 12)
    while records:
        need(not ended and len(records) >= 3, "record")
        kind, length = records[0], struct.unpack(">H", records[1:3])[0]
        need(len(records) >= 3 + length and kind in (1, 2, 3), "record")
        count = struct.pack(">Q", number)
        nonce = bytes(a ^ b for a, b in zip(iv, b"\0\0\0\0" + count))
        sealed, extra = records[3 : 3 + length], records[:3] + count
        try:
            if protection == "encrypt":
                plain += AESGCM(key).decrypt(nonce, sealed, extra)
            else:
                AESGCM(key).decrypt(nonce, sealed[-16:], extra + sealed[:-16])
                plain += sealed[:-16]
        except InvalidTag:
            raise Refused("record")
        records, number, ended = records[3 + length :], number + 1, kind != 1
    need(ended, "truncated")
    return plain


def verify(capture):
    syn = Frame(bytes.fromhex(capture["syn"]), 1)
    syn_ack = Frame(bytes.fromhex(capture["synAck"]), 2)
    ack = Frame(bytes.fromhex(capture["ack"]), 3)
    need(SUITE in syn.body["suites"] and syn_ack.body["suite"] == SUITE, "suite")
    need(syn.body["audience"] == capture["audience"], "audience")
    need(abs(syn.body["time"] - capture["now"]) <= 30000, "time")
    initiator = Profile(syn.body["profile"], capture)
    responder = Profile(syn_ack.body["profile"], capture)
    need(verified(initiator.key, syn.signature, label("oarlock/1 syn initiator") + sha(syn.core)), "syn")

    secret = X25519PrivateKey.from_private_bytes(bytes.fromhex(capture["initiatorSecret"]))
    dh = secret.exchange(X25519PublicKey.from_public_bytes(unb64(syn_ack.body["share"])))
    h2 = sha(syn.whole, syn_ack.core)
    h3 = sha(syn.whole, syn_ack.whole, ack.core)
    macs = extract(h2, dh)
    need(verified(responder.key, syn_ack.signature, label("oarlock/1 syn-ack responder") + h2), "syn-ack")
    words = label("oarlock/1 mac responder")
    expected = hmac.new(expand(macs, "oarlock/1 mac responder", 32),
                        words + responder.hash + initiator.hash + h2 + syn_ack.signature, hashlib.sha256)
    need(hmac.compare_digest(expected.digest(), syn_ack.mac), "syn-ack mac")
    need(verified(initiator.key, ack.signature, label("oarlock/1 ack initiator") + h3), "ack")
    words = label("oarlock/1 mac initiator")
    expected = hmac.new(expand(macs, "oarlock/1 mac initiator", 32),
                        words + initiator.hash + responder.hash + h3 + ack.signature, hashlib.sha256)
    need(hmac.compare_digest(expected.digest(), ack.mac), "ack mac")
    need(unb64(ack.body["initiatorNonce"]) == unb64(syn.body["nonce"]), "nonce")
    need(unb64(ack.body["responderNonce"]) == unb64(syn_ack.body["nonce"]), "nonce")
    need(unb64(ack.body["transcript"]) == sha(syn.whole, syn_ack.whole), "transcript")
    order = [STRENGTH.index(each.body["protection"]) for each in (syn, syn_ack, ack)]
    need(order == sorted(order), "downgrade")

    transcript = sha(syn.whole, syn_ack.whole, ack.whole)
    master = extract(transcript, dh)
    carried = b""
    if ack.body["protection"] != "authorise":
        for who in ("initiator", "responder"):
            traffic = expand(master, "oarlock/1 traffic " + who, 32)
            carried += opened(bytes.fromhex(capture[who + "Records"]), traffic, ack.body["protection"])
    return transcript.hex(), expand(master, "oarlock/1 exporter test", 32).hex(), sha(carried).hex()


def main():
    for line in sys.stdin:
        try:
            print("ok", *verify(json.loads(line)), flush=True)
        except Refused as refusal:
            print("refused", refusal, flush=True)


main()
