package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TicketKeysTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final List<List<OpenSslSessionTicketKey>> taken = new ArrayList<>();
  private final TicketKeys keys =
      new TicketKeys(given -> taken.add(List.of(given)), Duration.ofHours(1), now::get);

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
    keys.renew();
  }

  @Test
  void aKeyOpensForAnotherPeriodAfterTheOneThatItSealedIn() {
    after(Duration.ofMinutes(30));
    after(Duration.ofMinutes(30));
    assertThat(taken).hasSize(3);
    OpenSslSessionTicketKey first = taken.get(0).getFirst();
    OpenSslSessionTicketKey second = taken.get(1).getFirst();
    assertThat(taken.get(1)).containsExactly(second, first).doesNotHaveDuplicates();
    assertThat(taken.get(2)).hasSize(2).endsWith(second).doesNotContain(first);
  }

  @Test
  void withinAPeriodItStays() {
    after(Duration.ofMinutes(29));
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst()).hasSize(1);
  }

  @Test
  void nothingIsOpenedByAKeyThatRestedForTheWholeLife() {
    after(Duration.ofHours(1));
    assertThat(taken).hasSize(2);
    assertThat(taken.getLast()).hasSize(1).doesNotContainAnyElementsOf(taken.getFirst());
  }
}
