package dev.slipgate.protocol.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The text of a P-256 key file, read and written. It writes what {@code mpcli genkey} of
 * mpgameserver writes, byte for byte: PKCS #8 for the private key, SubjectPublicKeyInfo for the
 * public one, both as PEM. It reads also SEC 1 ({@code EC PRIVATE KEY}, as OpenSSL makes it), and
 * derives the public key where the file has only the private one. No files here: texts in, texts
 * out.
 */
public final class P256KeyFile {
    private static final String SEC1_PRIVATE = "EC PRIVATE KEY";

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ID_EC_PUBLIC_KEY = HEX.parseHex("2a8648ce3d0201");
    private static final byte[] ID_P256 = HEX.parseHex("2a8648ce3d030107");

    /** PKCS #8 around SEC 1 up to the scalar, and from there to the point. */
    private static final byte[] PKCS8_HEAD =
            HEX.parseHex(
                    "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420");

    private static final byte[] PKCS8_MIDDLE = HEX.parseHex("a144034200");

    private static final String REMEDY =
            "make a key with 'slipgate keygen' or 'mpcli genkey' and name its .key file";

    private P256KeyFile() {}

    /**
     * Reads a private key, with its public key.
     *
     * @throws InvalidKeyFileException when the text holds no unencrypted P-256 private key
     */
    public static KeyPair readPrivate(String pem) throws InvalidKeyFileException {
        return keyPair(scalar(PemBlock.privateKey(pem, REMEDY)));
    }

    /**
     * Reads a public key.
     *
     * @throws InvalidKeyFileException when the text holds no P-256 public key; also when it holds a
     *     private one, which should not be where a public one is asked for
     */
    public static PublicKey readPublic(String pem) throws InvalidKeyFileException {
        List<PemBlock> blocks = PemBlock.all(pem);
        for (PemBlock block : blocks) {
            if (block.label().equals(PemBlock.PUBLIC)) {
                try {
                    return publicKey(P256.decodeSpki(block.der()));
                } catch (InvalidKeyException e) {
                    throw new InvalidKeyFileException(
                            "not a P-256 public key: make one with 'mpcli genkey' and name its .pub file");
                }
            }
        }
        throw new InvalidKeyFileException(
                blocks.stream().anyMatch(block -> block.label().endsWith(PemBlock.PRIVATE))
                        ? "this is a private key, and the public one is needed: name the .pub file"
                        : "no PEM block of a public key: name the .pub file that 'mpcli genkey' wrote");
    }

    /** The text of a private key file, PKCS #8 with the public key in it. */
    public static String writePrivate(KeyPair keys) {
        byte[] der =
                new byte
                        [PKCS8_HEAD.length
                                + P256.COORDINATE_BYTES
                                + PKCS8_MIDDLE.length
                                + P256.POINT_BYTES];
        int at = put(PKCS8_HEAD, der, 0);
        P256.writeUnsigned(((ECPrivateKey) keys.getPrivate()).getS(), der, at);
        at = put(PKCS8_MIDDLE, der, at + P256.COORDINATE_BYTES);
        put(P256.encodePoint(((ECPublicKey) keys.getPublic()).getW()), der, at);
        return PemBlock.format(PemBlock.PRIVATE, der);
    }

    /** The text of a public key file. */
    public static String writePublic(PublicKey key) {
        return PemBlock.format(PemBlock.PUBLIC, P256.encodeSpki(((ECPublicKey) key).getW()));
    }

    private static BigInteger scalar(PemBlock block) throws InvalidKeyFileException {
        BigInteger scalar =
                switch (block.label()) {
                    case PemBlock.PRIVATE -> pkcs8Scalar(new DerReader(block.der()));
                    case SEC1_PRIVATE -> sec1Scalar(new DerReader(block.der()));
                    default -> throw notP256(block.label());
                };
        if (!P256.isScalar(scalar)) {
            throw notP256("number out of range");
        }
        return scalar;
    }

    /** RFC 5208, section 5; attributes behind the key are left unread. */
    private static BigInteger pkcs8Scalar(DerReader der) throws InvalidKeyFileException {
        DerReader info = der.enter(DerReader.SEQUENCE);
        info.take(DerReader.INTEGER);
        DerReader algorithm = info.enter(DerReader.SEQUENCE);
        if (!Arrays.equals(algorithm.take(DerReader.OBJECT_ID), ID_EC_PUBLIC_KEY)) {
            throw notP256("another algorithm");
        }
        requireP256(algorithm);
        return sec1Scalar(info.enter(DerReader.OCTET_STRING));
    }

    /** RFC 5915, section 3; the public key is derived, not believed. */
    private static BigInteger sec1Scalar(DerReader der) throws InvalidKeyFileException {
        DerReader key = der.enter(DerReader.SEQUENCE);
        key.take(DerReader.INTEGER);
        BigInteger scalar = new BigInteger(1, key.take(DerReader.OCTET_STRING));
        if (key.isAt(DerReader.CONTEXT_0)) {
            requireP256(key.enter(DerReader.CONTEXT_0));
        }
        return scalar;
    }

    private static void requireP256(DerReader parameters) throws InvalidKeyFileException {
        if (!parameters.isAt(DerReader.OBJECT_ID)
                || !Arrays.equals(parameters.take(DerReader.OBJECT_ID), ID_P256)) {
            throw notP256("another curve");
        }
    }

    private static InvalidKeyFileException notP256(String found) {
        return new InvalidKeyFileException(
                "not a P-256 private key (%s): %s".formatted(found, REMEDY));
    }

    private static KeyPair keyPair(BigInteger scalar) {
        return new KeyPair(
                publicKey(P256.publicPoint(scalar)),
                JcaCrypto.certain(
                        "P-256 private key",
                        () ->
                                KeyFactory.getInstance("EC")
                                        .generatePrivate(
                                                new ECPrivateKeySpec(scalar, P256.PARAMETERS))));
    }

    private static PublicKey publicKey(ECPoint point) {
        return JcaCrypto.certain(
                "P-256 public key",
                () ->
                        KeyFactory.getInstance("EC")
                                .generatePublic(new ECPublicKeySpec(point, P256.PARAMETERS)));
    }

    private static int put(byte[] part, byte[] whole, int at) {
        System.arraycopy(part, 0, whole, at, part.length);
        return at + part.length;
    }
}
