package dev.slipgate.protocol.slipgate.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.PeerAddress;
import org.junit.jupiter.api.Test;

class CookiesTest {
    private static final long NOW_S = 1_700_000_010L;

    private record Peer(String text) implements PeerAddress {
        @Override
        public Object host() {
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final PeerAddress peer = new Peer("192.0.2.7:40112");
    private final byte[] hash = new byte[32];
    private final Cookies cookies = new Cookies(HandshakeVectors.CRYPTO, new byte[32]);

    private byte[] initWithCookieOf(long atS) {
        byte[] init = new byte[InitPacket.BYTES];
        return InitPacket.withCookie(init, cookies.mint(peer, hash, atS));
    }

    @Test
    void aCookieHoldsForTenSecondsWhereverTheKeyChanges() {
        for (long atS = NOW_S; atS < NOW_S + 2 * Cookies.PERIOD_S; atS++) {
            byte[] init = initWithCookieOf(atS);
            assertThat(cookies.holds(peer, hash, init, 0, atS)).isTrue();
            assertThat(cookies.holds(peer, hash, init, 0, atS + Cookies.MAX_AGE_S)).isTrue();
            assertThat(cookies.holds(peer, hash, init, 0, atS + Cookies.MAX_AGE_S + 1)).isFalse();
            assertThat(cookies.holds(peer, hash, init, 0, atS - 1)).isFalse();
        }
    }

    @Test
    void theEndOfTheU32IsASecondLikeAnyOther() {
        byte[] init = initWithCookieOf(0xffff_fffcL);
        assertThat(cookies.holds(peer, hash, init, 0, 0x1_0000_0003L)).isTrue();
    }

    @Test
    void aCookieIsForOneAddressAndOneMessage() {
        byte[] init = initWithCookieOf(NOW_S);
        assertThat(cookies.holds(new Peer("192.0.2.7:40113"), hash, init, 0, NOW_S)).isFalse();
        byte[] otherHash = new byte[32];
        otherHash[31] = 1;
        assertThat(cookies.holds(peer, otherHash, init, 0, NOW_S)).isFalse();
    }

    @Test
    void anyBitThatIsForgedIsSeen() {
        for (int bit = 0; bit < 8 * InitPacket.COOKIE_BYTES; bit++) {
            byte[] init = initWithCookieOf(NOW_S);
            init[InitPacket.COOKIE_OFFSET + bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(cookies.holds(peer, hash, init, 0, NOW_S)).as("bit " + bit).isFalse();
        }
    }

    @Test
    void endpointsOfOneSecretTakeEachOthersAndOthersDoNot() {
        byte[] init = initWithCookieOf(NOW_S);
        var same = new Cookies(HandshakeVectors.CRYPTO, new byte[32]);
        assertThat(same.holds(peer, hash, init, 0, NOW_S)).isTrue();
        byte[] secret = new byte[32];
        secret[0] = 1;
        var other = new Cookies(HandshakeVectors.CRYPTO, secret);
        assertThat(other.holds(peer, hash, init, 0, NOW_S)).isFalse();
    }

    @Test
    void theRateIsThatOfThisSecondOrTheOneBefore() {
        var rate = new InitRate(2);
        long second = 1_000_000_000L;
        assertThat(rate.countAndCompare(-second)).isFalse();
        assertThat(rate.countAndCompare(-1)).isFalse();
        assertThat(rate.countAndCompare(-1)).isTrue();
        assertThat(rate.countAndCompare(0)).isTrue();
        assertThat(rate.countAndCompare(second)).isFalse();
        assertThat(rate.countAndCompare(3 * second)).isFalse();
    }
}
