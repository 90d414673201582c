package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Position;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some records in a row, as one integration sees them. */
final class Chunk {
  final Position start;
  final List<EncodedBatch> kept = new ArrayList<>();
  Position end;
  int records;

  /** Of lines. */
  long bytes;

  /** That the records take in the log. */
  long bytesInLog;

  /** Of which what would be free when the events that are worth keeping were kept aside. */
  long bytesGivenUp;

  long events;
  long filtered;
  long refused;
  long damaged;
  long forgotten;
  long keptEvents;
  long givenUp;

  Chunk(Position start) {
    this.start = start;
    this.end = start;
  }

  void add(Parcel parcel, long inLog) {
    int size = parcel.lines().size();
    events += size + parcel.filtered() + parcel.refused() + parcel.damaged() + parcel.forgotten();
    bytes += parcel.lines().array().length;
    EncodedBatch worthKeeping = parcel.lines().select(i -> !isRuntime(parcel.lines().facts(i)));
    if (!worthKeeping.isEmpty()) {
      kept.add(worthKeeping);
    }
    bytesInLog += inLog;
    bytesGivenUp += size == 0 ? inLog : inLog * (size - worthKeeping.size()) / size;
    keptEvents += worthKeeping.size();
    givenUp += size - worthKeeping.size();
    filtered += parcel.filtered();
    refused += parcel.refused();
    damaged += parcel.damaged();
    forgotten += parcel.forgotten();
    end = parcel.end();
    records++;
  }

  long wanted() {
    return keptEvents + givenUp;
  }

  private static boolean isRuntime(@Nullable EventFacts facts) {
    return facts != null && facts.category() == null && facts.runtimeType() != null;
  }
}
