package dev.slipgate.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The text of an X25519 private key file, read and written: PKCS #8 (RFC 8410) as PEM, byte for
 * byte what {@code openssl genpkey -algorithm x25519} writes. No files here: texts in, texts out.
 */
public final class X25519KeyFile {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ID_X25519 = HEX.parseHex("2b656e");
    private static final byte[] ID_EC_PUBLIC_KEY = HEX.parseHex("2a8648ce3d0201");

    private static final String REMEDY =
            "make a key with 'slipgate keygen --type slipgate' and name its .key file";

    private X25519KeyFile() {}

    /**
     * Reads a private key: 32 bytes.
     *
     * @throws InvalidKeyFileException when the text holds no unencrypted X25519 private key
     */
    public static byte[] readPrivate(String pem) throws InvalidKeyFileException {
        PemBlock block = PemBlock.privateKey(pem, REMEDY);
        if (!block.label().equals(PemBlock.PRIVATE)) {
            throw notX25519("an " + block.label());
        }
        DerReader info = new DerReader(block.der()).enter(DerReader.SEQUENCE);
        info.take(DerReader.INTEGER);
        byte[] algorithm = info.enter(DerReader.SEQUENCE).take(DerReader.OBJECT_ID);
        if (Arrays.equals(algorithm, ID_EC_PUBLIC_KEY)) {
            throw notX25519("a key on a NIST curve, such as mpgameserver's root key is");
        }
        if (!Arrays.equals(algorithm, ID_X25519)) {
            throw notX25519("another algorithm");
        }
        byte[] key = info.enter(DerReader.OCTET_STRING).take(DerReader.OCTET_STRING);
        if (key.length != X25519KeyPair.KEY_BYTES) {
            throw notX25519(key.length + " bytes");
        }
        return key;
    }

    /**
     * The text of a private key file.
     *
     * @param privateKey 32 bytes
     */
    public static String writePrivate(byte[] privateKey) {
        return PemBlock.format(PemBlock.PRIVATE, JcaX25519.pkcs8(privateKey));
    }

    private static InvalidKeyFileException notX25519(String found) {
        return new InvalidKeyFileException(
                "not an X25519 private key (%s): %s".formatted(found, REMEDY));
    }
}
