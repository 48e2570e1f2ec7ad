package dev.slipgate.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468; the old header lines of RFC 1421 are only recognized).
 *
 * @param label such as {@code PRIVATE KEY}
 * @param body what stands between the two marker lines
 */
record PemBlock(String label, String body) {
    /** Far above any key file; a longer text is some other file given by mistake. */
    static final int MAX_TEXT_CHARS = 65_536;

    /** What the label of every private key ends in, and what that of PKCS #8 is. */
    static final String PRIVATE = "PRIVATE KEY";

    /** The label of a SubjectPublicKeyInfo. */
    static final String PUBLIC = "PUBLIC KEY";

    private static final int LINE_CHARS = 64;
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]+)-----([^-]*+(?:-(?!----END )[^-]*+)*+)-----END \\1-----");

    /** The blocks of a text in their order; what stands around them is a comment. */
    static List<PemBlock> all(String text) throws InvalidKeyFileException {
        if (text.length() > MAX_TEXT_CHARS) {
            throw new InvalidKeyFileException(
                    "too long for a key file (%d characters, at most %d): name the file that holds the key"
                            .formatted(text.length(), MAX_TEXT_CHARS));
        }
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new PemBlock(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /**
     * The first private key in a text, in the clear.
     *
     * @param remedy what to tell whoever gave a text without one
     */
    static PemBlock privateKey(String text, String remedy) throws InvalidKeyFileException {
        for (PemBlock block : all(text)) {
            if (block.isEncrypted()) {
                throw new InvalidKeyFileException(
                        "the private key is encrypted: decrypt it with 'openssl pkey -in FILE -out PLAIN' and name that file");
            }
            if (block.label().endsWith(PRIVATE)) {
                return block;
            }
        }
        throw new InvalidKeyFileException(
                text.contains("-----BEGIN " + PUBLIC)
                        ? "this is a public key, and the private one is needed: " + remedy
                        : "no PEM block of a private key: " + remedy);
    }

    static String format(String label, byte[] der) {
        Base64.Encoder encoder =
                Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, encoder.encodeToString(der), label);
    }

    private boolean isEncrypted() {
        return label.startsWith("ENCRYPTED ") || body.contains("Proc-Type: 4,ENCRYPTED");
    }

    byte[] der() throws InvalidKeyFileException {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyFileException(
                    "the %s block is not Base64: copy the file again from its origin"
                            .formatted(label));
        }
    }
}
