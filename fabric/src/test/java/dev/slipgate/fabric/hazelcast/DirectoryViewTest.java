package dev.slipgate.fabric.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.DirectoryView.Change;
import dev.slipgate.fabric.hazelcast.DirectoryView.Members;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryViewTest {
    private static final ProcessRecord NODE = new ProcessRecord(7, Role.NODE, "n", 2, "0.1");
    private static final ProcessRecord CHANGED = new ProcessRecord(7, Role.NODE, "n", 4, "0.1");
    private static final Members WITH_BROKER = new Members(Set.of(7L), true);
    private static final Members NO_BROKER = new Members(Set.of(7L), false);
    private static final Members NODE_GONE = new Members(Set.of(), true);
    private static final Members ALL_GONE = new Members(Set.of(), false);

    private final DirectoryView view = new DirectoryView();

    @Test
    void aProcessIsUpWhenItHasAnEntryAndIsAMember() {
        assertThat(view.update(Map.of(7L, NODE), NODE_GONE, 0)).isEmpty();
        assertThat(view.update(null, WITH_BROKER, 1)).containsExactly(new Change.Up(NODE));
        assertThat(view.update(Map.of(7L, NODE), WITH_BROKER, 2)).isEmpty();
        assertThat(view.update(Map.of(7L, CHANGED), WITH_BROKER, 3))
                .containsExactly(new Change.Up(CHANGED));
        assertThat(view.processes()).containsExactly(CHANGED);
    }

    @Test
    void aMemberThatLeavesIsDownBeforeItsEntryIsRemoved() {
        view.update(Map.of(7L, NODE), WITH_BROKER, 0);
        assertThat(view.update(null, NODE_GONE, 1)).containsExactly(new Change.Down(NODE));
        assertThat(view.update(Map.of(7L, NODE), NODE_GONE, 2)).isEmpty();
        assertThat(view.processes()).isEmpty();
    }

    @Test
    void aMemberThatWithdrawsIsDown() {
        view.update(Map.of(7L, NODE), WITH_BROKER, 0);
        assertThat(view.update(Map.of(), WITH_BROKER, 1)).containsExactly(new Change.Down(NODE));
    }

    @Test
    void withoutBrokersNobodyIsDeclaredDown() {
        view.update(Map.of(7L, NODE), WITH_BROKER, 0);
        assertThat(view.update(null, NO_BROKER, 1)).isEmpty();
        assertThat(view.update(null, ALL_GONE, 2)).isEmpty();
        assertThat(view.processes()).containsExactly(NODE);
    }

    @Test
    void brokersThatReturnWithoutEntriesGiveEverybodyTimeToPutThemAgain() {
        view.update(Map.of(7L, NODE), WITH_BROKER, 0);
        view.update(null, ALL_GONE, 1);
        assertThat(view.update(Map.of(), NODE_GONE, 2)).isEmpty();
        assertThat(view.update(Map.of(), NODE_GONE, 1 + DirectoryView.CONFIRM_NS)).isEmpty();
        assertThat(view.update(Map.of(), NODE_GONE, 2 + DirectoryView.CONFIRM_NS))
                .containsExactly(new Change.Down(NODE));
    }

    @Test
    void whoFindsBackInTimeWasNeverAway() {
        view.update(Map.of(7L, NODE), WITH_BROKER, 0);
        view.update(null, ALL_GONE, 1);
        view.update(Map.of(), NODE_GONE, 2);
        assertThat(view.update(Map.of(7L, NODE), WITH_BROKER, 3)).isEmpty();
        assertThat(view.update(null, WITH_BROKER, 2 + DirectoryView.CONFIRM_NS)).isEmpty();
    }
}
