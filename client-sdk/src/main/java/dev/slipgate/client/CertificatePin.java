package dev.slipgate.client;

import dev.slipgate.client.carrier.TlsTrust;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The SHA-256 of a gateway's certificate (of its DER form, as {@code openssl x509 -fingerprint
 * -sha256} shows it). A client with a pin takes that certificate and no other, whoever signed it
 * and whatever name and dates it bears.
 */
public record CertificatePin(byte[] sha256) {
    private static final int SHA256_BYTES = 32;

    /**
     * @throws IllegalArgumentException when it is not 32 bytes long
     */
    public CertificatePin {
        if (sha256.length != SHA256_BYTES) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes, this has " + sha256.length);
        }
        sha256 = sha256.clone();
    }

    /**
     * Reads 64 hexadecimal digits, with or without colons, or 43 characters of base64url.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static CertificatePin parse(String text) {
        String digits = text.replace(":", "");
        try {
            return new CertificatePin(
                    digits.length() == 2 * SHA256_BYTES
                            ? HexFormat.of().parseHex(digits)
                            : Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no SHA-256 of a certificate: write 64 hexadecimal digits");
        }
    }

    TlsTrust trust() {
        return TlsTrust.pinned(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }
}
