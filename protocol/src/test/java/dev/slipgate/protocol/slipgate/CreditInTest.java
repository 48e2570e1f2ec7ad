package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CreditInTest {
    private final CreditIn credit = new CreditIn(1000, 200);

    @Test
    void theWindowIsAllThatMayBegin() {
        assertThat(credit.tryUse(600)).isTrue();
        assertThat(credit.tryUse(401)).isFalse();
        assertThat(credit.tryUse(400)).isTrue();
        assertThat(credit.tryUse(1)).isFalse();
    }

    @Test
    void aQuarterOfTheWindowIsToldAtOnceAnEighthByTheWay() {
        credit.tryUse(700);
        credit.onConsumed(124);
        assertThat(credit.welcome()).isFalse();
        credit.onConsumed(1);
        assertThat(credit.welcome()).isTrue();
        assertThat(credit.due()).isFalse();
        credit.onConsumed(125);
        assertThat(credit.due()).isTrue();
        assertThat(credit.limitBytes()).isEqualTo(1250);
        credit.onTold();
        assertThat(credit.due()).isFalse();
    }

    @Test
    void aPeerThatMayBeStuckIsToldHoweverLittleItIs() {
        for (int i = 0; i < 4; i++) {
            assertThat(credit.tryUse(200)).isTrue();
            credit.onConsumed(200);
            if (credit.due()) {
                credit.onTold();
            }
        }
        assertThat(credit.due()).isFalse();
        credit.tryUse(240);
        credit.onConsumed(240);
        assertThat(credit.tryUse(264)).as("the largest message still fits").isTrue();
        credit.onConsumed(264);
        assertThat(credit.due()).isTrue();
    }

    @Test
    void onlyTheNewestLimitIsToldAgain() {
        credit.tryUse(1000);
        credit.onConsumed(300);
        credit.onTold();
        long first = credit.limitBytes();
        credit.onConsumed(300);
        credit.onTold();
        credit.onLost(first);
        assertThat(credit.due()).isFalse();
        credit.onLost(credit.limitBytes());
        assertThat(credit.due()).isTrue();
    }
}
