package dev.camelsiem.integration;

import dev.camelsiem.flow.cef.CefEncoder;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefFacts;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.cef.LineRelay;
import dev.camelsiem.flow.cef.SecurityEvent;
import dev.camelsiem.flow.cef.SecurityEventReader;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.event.BatchPart;
import dev.camelsiem.flow.event.BatchParts;
import dev.camelsiem.flow.event.BatchResult;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.LetterSum;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one stream of events for many integrations: each event is read once and encoded once for
 * every look of the lines that the {@link CefSettings} of those that are enabled ask for. Lines
 * that are CEF already are passed on as they are. Thread-safe.
 */
public final class EncodingPlan {
  private static final String PLACE = "integrations";

  private final List<CefMapping> mappings;
  private final List<CefMapping> known;
  private final String digest;
  private final @Nullable String agentGroupKey;
  private final List<CefEncoding> encodings = new ArrayList<>();

  /** Places of the encodings by their keys. */
  private final Map<Long, Integer> indexes = new LinkedHashMap<>();

  /** The integrations of each encoding. */
  private final List<List<String>> names = new ArrayList<>();

  private final BatchParts parts = new BatchParts();
  private final ConcurrentLinkedQueue<Worker> idle = new ConcurrentLinkedQueue<>();

  /**
   * What became of a part of a batch.
   *
   * @param encoded by each encoding
   * @param letters of all encodings
   */
  public record Part(List<BatchPart> encoded, List<DeadLetter> letters) {
    private List<EncodedBatch.Builder> lines() {
      return encoded.stream().map(BatchPart::lines).toList();
    }
  }

  /** With lines read by the mappings that JSON is encoded by. */
  public EncodingPlan(
      List<CefMapping> mappings, @Nullable String agentGroupKey, IntegrationSet set) {
    this(mappings, mappings, agentGroupKey, set);
  }

  /**
   * @param mappings in the order in which an event looks for its own
   * @param known those that tell what lines are which are CEF already
   * @param agentGroupKey extension key that names the agent group in lines that are CEF already, or
   *     null
   * @throws IllegalArgumentException when settings do not fit the mappings
   */
  public EncodingPlan(
      List<CefMapping> mappings,
      List<CefMapping> known,
      @Nullable String agentGroupKey,
      IntegrationSet set) {
    this.mappings = List.copyOf(mappings);
    this.known = List.copyOf(known);
    this.digest = mappings.stream().map(CefMapping::digest).collect(Collectors.joining(","));
    this.agentGroupKey = agentGroupKey;
    for (Integration integration : set.integrations()) {
      if (integration.enabled()
          && indexes.putIfAbsent(key(integration), encodings.size()) == null) {
        encodings.add(encoding(mappings, integration));
        names.add(new ArrayList<>());
      }
      if (integration.enabled()) {
        names.get(index(integration)).add(integration.name());
      }
    }
  }

  /**
   * Names the encoding of an integration, enabled or not: equal settings and the same mapping files
   * give the same key across restarts and machines.
   */
  public long key(Integration integration) {
    return EncodingKey.of(integration.cef(), mappings);
  }

  /** The keys of the batches that {@link #encode} gives, in their order. */
  public List<Long> keys() {
    return List.copyOf(indexes.keySet());
  }

  /**
   * Which of the batches that {@link #encode} gives belongs to an integration.
   *
   * @throws IllegalArgumentException when it is not of this plan, or disabled
   */
  public int index(Integration integration) {
    Integer index = indexes.get(key(integration));
    if (index == null) {
      throw new IllegalArgumentException(integration + " is not part of this plan");
    }
    return index;
  }

  /**
   * Encodes JSON events, and takes CEF lines as they are.
   *
   * @param rejected hears each event that is neither, once, or that some integrations alone cannot
   *     get, once for each of their encodings
   * @return a batch for each distinct setting, see {@link #index}
   */
  public List<EncodedBatch> encode(List<RawEvent> events, Consumer<DeadLetter> rejected) {
    return join(List.of(encode(events)), rejected);
  }

  /** Encodes a part of a batch, side by side with others. */
  public Part encode(List<RawEvent> events) {
    return part(events.size(), (worker, part) -> worker.encode(events, part));
  }

  /**
   * What {@link #encode(List, Consumer)} gives for a whole batch, from its parts in their order,
   * which must not be used afterwards.
   */
  public List<EncodedBatch> join(List<Part> done, Consumer<DeadLetter> rejected) {
    done.forEach(part -> part.letters().forEach(rejected));
    return IntStream.range(0, encodings.size())
        .mapToObj(i -> parts.join(done.stream().map(p -> p.encoded().get(i)).toList()))
        .map(BatchResult::batch)
        .toList();
  }

  /** As {@link #encode}, for a batch that an earlier step has encoded: facts it left are used. */
  public List<EncodedBatch> relay(EncodedBatch lines, Consumer<DeadLetter> rejected) {
    Part all = part(lines.size(), (worker, part) -> worker.relay(lines, part));
    return join(List.of(all), rejected);
  }

  private Part part(int events, BiConsumer<Worker, Part> work) {
    Worker free = idle.poll();
    Worker worker = free == null ? new Worker() : free;
    Part part =
        new Part(encodings.stream().map(each -> parts.begin(events)).toList(), new ArrayList<>());
    try {
      work.accept(worker, part);
      return part;
    } finally {
      idle.offer(worker);
    }
  }

  private static CefEncoding encoding(List<CefMapping> mappings, Integration integration) {
    CefSettings settings = integration.cef();
    try {
      CefOptions.Builder options =
          CefOptions.builder()
              .zone(settings.zone().getId())
              .profile(settings.profile().name())
              .eventId(settings.eventId())
              .maxMessageBytes(settings.maxMessageBytes())
              .datagrams(settings.datagrams());
      if (settings.rfc5424() != null) {
        options.header(settings.rfc5424() ? "rfc5424" : "rfc3164");
      }
      if (settings.facility() != null) {
        boolean none = settings.facility() == CefOptions.NO_PRI;
        options.pri(none ? "none" : settings.facility().toString());
      }
      if (settings.hostName() != null) {
        options.host(settings.hostName());
      }
      if (settings.vendor() != null) {
        options.vendor(settings.vendor());
      }
      if (settings.product() != null) {
        options.product(settings.product());
      }
      if (settings.version() != null) {
        options.version(settings.version());
      }
      settings.severityOverrides().forEach(options::severity);
      return new CefEncoding(mappings, options.build());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "integration \"" + integration.name() + "\": " + e.getMessage(), e);
    }
  }

  /** What one thread needs at a time. */
  private final class Worker {
    private final List<CefEncoder> encoders =
        encodings.stream().map(CefEncoding::newEncoder).toList();
    private final @Nullable SecurityEventReader reader =
        encodings.isEmpty() ? null : encodings.get(0).newReader();
    private final @Nullable SecurityEvent event =
        encodings.isEmpty() ? null : encodings.get(0).newEvent();
    private final CefFacts facts = new CefFacts(known, agentGroupKey);

    void encode(List<RawEvent> events, Part part) {
      List<EncodedBatch.Builder> batches = part.lines();
      try (LetterSum letters = new LetterSum(part.letters()::add)) {
        events.forEach(raw -> add(raw, batches, letters));
      }
    }

    void relay(EncodedBatch lines, Part part) {
      try (LetterSum letters = new LetterSum(part.letters()::add)) {
        relay(lines, part.lines(), letters);
      }
    }

    private void relay(EncodedBatch lines, List<EncodedBatch.Builder> batches, LetterSum letters) {
      for (int i = 0; i < lines.size(); i++) {
        int from = lines.start(i);
        int to = lines.end(i);
        EventFacts known = lines.facts(i);
        if (known == null) {
          long now = System.currentTimeMillis();
          add(RawEvent.of(lines, i, "camel", now), batches, letters);
        } else {
          EventId id = lines.id(i);
          batches.forEach(batch -> LineRelay.append(batch, lines.array(), from, to, known, id));
        }
      }
    }

    private void add(RawEvent raw, List<EncodedBatch.Builder> batches, LetterSum letters) {
      EventSplitter.elements(
          raw,
          element -> {
            Refusal refusal =
                isJson(element) ? json(element, batches, letters::add) : line(element, batches);
            if (refusal != null) {
              letters.add(letter(element, refusal));
            }
          });
    }

    private DeadLetter letter(RawEvent element, Refusal refusal) {
      return new DeadLetter(element, refusal.reason(), refusal.detail(), PLACE).by(null, digest);
    }

    /** One integration's limits must not cost the others the event. */
    private @Nullable Refusal json(
        RawEvent raw, List<EncodedBatch.Builder> batches, Consumer<DeadLetter> rejected) {
      if (reader == null || event == null) {
        return null; // no integration, nothing to encode for
      }
      Refusal unreadable = reader.read(raw.array(), raw.from(), raw.to(), event);
      if (unreadable != null) {
        return unreadable;
      }
      EventId id = raw.id();
      List<DeadLetter> alone = new ArrayList<>(0);
      for (int i = 0; i < encoders.size(); i++) {
        Refusal refusal = encoders.get(i).encode(event, raw.receivedAt(), id, batches.get(i));
        if (refusal != null) {
          alone.add(letter(raw, refusal).only(names.get(i)));
        }
      }
      if (alone.size() == encoders.size()) { // nobody has got it
        rejected.accept(alone.get(0).only(List.of()));
      } else {
        alone.forEach(rejected);
      }
      return null;
    }

    private @Nullable Refusal line(RawEvent raw, List<EncodedBatch.Builder> batches) {
      CefFacts.Result result = facts.of(raw.array(), raw.from(), raw.to());
      if (result.refusal() != null) {
        Refusal why = result.refusal();
        return new Refusal(
            why.reason(), "neither a JSON event nor " + facts.formats() + ": " + why.detail());
      }
      EventId id = raw.id();
      for (EncodedBatch.Builder batch : batches) {
        LineRelay.append(batch, raw.array(), raw.from(), raw.to(), result.facts(), id);
      }
      return null;
    }

    private static boolean isJson(RawEvent raw) {
      for (int i = raw.from(); i < raw.to(); i++) {
        byte b = raw.array()[i];
        if (b > ' ') {
          return b == '{' || b == '[';
        }
        if (b == (byte) 0xEF) {
          i += 2; // byte order mark
        } else if (b < 0) {
          return false;
        }
      }
      return true; // blank: the reader says so
    }
  }
}
