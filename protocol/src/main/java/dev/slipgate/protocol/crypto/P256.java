package dev.slipgate.protocol.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The curve P-256 (secp256r1, FIPS 186-4 D.1.2.3): what the providers do not agree on, done once
 * for all of them. Its cofactor is 1, so a point on the curve is a point of the group.
 */
final class P256 {
    static final String NAME = "secp256r1";
    static final int COORDINATE_BYTES = 32;
    static final int POINT_BYTES = 1 + 2 * COORDINATE_BYTES;

    /** DER of a SubjectPublicKeyInfo up to the point: id-ecPublicKey, named curve, bit string. */
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static final byte UNCOMPRESSED = 4;
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    static final ECParameterSpec PARAMETERS = parameters();
    private static final BigInteger PRIME = ((ECFieldFp) PARAMETERS.getCurve().getField()).getP();
    private static final BigInteger A = PARAMETERS.getCurve().getA();
    private static final BigInteger B = PARAMETERS.getCurve().getB();

    private P256() {}

    /**
     * Reads the one canonical encoding: 91 bytes, named curve, uncompressed point. Explicit curve
     * parameters, compressed points and loose DER are refused: no peer of ours sends them, and each
     * has been a way to smuggle in another curve.
     *
     * @throws InvalidKeyException when it is anything else, or the point is not on the curve
     */
    static ECPoint decodeSpki(byte[] spki) throws InvalidKeyException {
        int prefix = SPKI_PREFIX.length;
        if (spki.length != prefix + POINT_BYTES
                || !Arrays.equals(spki, 0, prefix, SPKI_PREFIX, 0, prefix)) {
            throw new InvalidP256Key("not a SubjectPublicKeyInfo of the named curve " + NAME);
        }
        return decodePoint(Arrays.copyOfRange(spki, prefix, spki.length));
    }

    static byte[] encodeSpki(ECPoint point) {
        byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + POINT_BYTES);
        System.arraycopy(encodePoint(point), 0, encoded, SPKI_PREFIX.length, POINT_BYTES);
        return encoded;
    }

    static byte[] encodePoint(ECPoint point) {
        byte[] encoded = new byte[POINT_BYTES];
        encoded[0] = UNCOMPRESSED;
        writeUnsigned(point.getAffineX(), encoded, 1);
        writeUnsigned(point.getAffineY(), encoded, 1 + COORDINATE_BYTES);
        return encoded;
    }

    /** Writes {@code value}, below 2^256, as 32 big-endian bytes. */
    static void writeUnsigned(BigInteger value, byte[] out, int offset) {
        byte[] bytes = value.toByteArray();
        int skip = Math.max(0, bytes.length - COORDINATE_BYTES);
        int length = bytes.length - skip;
        System.arraycopy(bytes, skip, out, offset + COORDINATE_BYTES - length, length);
    }

    /** Whether {@code scalar} is a private key: from 1 to the order of the group less one. */
    static boolean isScalar(BigInteger scalar) {
        return scalar.signum() > 0 && scalar.compareTo(PARAMETERS.getOrder()) < 0;
    }

    /**
     * The public point of a private scalar, by double and add: about 5 ms, and not in constant
     * time. For reading a key file at start, where nobody can time it; never for a handshake.
     */
    static ECPoint publicPoint(BigInteger scalar) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (scalar.testBit(bit)) {
                sum = add(sum, PARAMETERS.getGenerator());
            }
        }
        return sum;
    }

    private static ECPoint decodePoint(byte[] point) throws InvalidKeyException {
        BigInteger x = new BigInteger(1, point, 1, COORDINATE_BYTES);
        BigInteger y = new BigInteger(1, point, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
        if (point[0] != UNCOMPRESSED || !isOnCurve(x, y)) {
            throw new InvalidP256Key("not an uncompressed point of " + NAME);
        }
        return new ECPoint(x, y);
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x).add(A).multiply(x).add(B).mod(PRIME);
        return y.multiply(y).mod(PRIME).equals(right);
    }

    private static ECPoint add(ECPoint p, ECPoint q) {
        if (p.equals(ECPoint.POINT_INFINITY)) {
            return q;
        }
        if (q.equals(ECPoint.POINT_INFINITY)) {
            return p;
        }
        boolean sameX = p.getAffineX().equals(q.getAffineX());
        if (sameX && !p.getAffineY().equals(q.getAffineY())) {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger slope = sameX ? tangent(p) : secant(p, q);
        BigInteger x =
                slope.multiply(slope).subtract(p.getAffineX()).subtract(q.getAffineX()).mod(PRIME);
        BigInteger y =
                slope.multiply(p.getAffineX().subtract(x)).subtract(p.getAffineY()).mod(PRIME);
        return new ECPoint(x, y);
    }

    private static BigInteger tangent(ECPoint p) {
        BigInteger rise = THREE.multiply(p.getAffineX().modPow(TWO, PRIME)).add(A);
        return rise.multiply(p.getAffineY().shiftLeft(1).modInverse(PRIME)).mod(PRIME);
    }

    private static BigInteger secant(ECPoint p, ECPoint q) {
        BigInteger run = q.getAffineX().subtract(p.getAffineX()).mod(PRIME);
        return q.getAffineY().subtract(p.getAffineY()).multiply(run.modInverse(PRIME)).mod(PRIME);
    }

    private static ECParameterSpec parameters() {
        return JcaCrypto.certain(
                NAME,
                () -> {
                    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
                    parameters.init(new ECGenParameterSpec(NAME));
                    return parameters.getParameterSpec(ECParameterSpec.class);
                });
    }
}
