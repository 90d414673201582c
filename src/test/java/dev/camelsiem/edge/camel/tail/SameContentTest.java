package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameContentTest {
  @TempDir Path folder;
  private TailedFile known;

  @BeforeEach
  void read() throws Exception {
    Path path = Files.writeString(folder.resolve("app.log"), "1\n2\n");
    known = new TailedFile("ino=1", path, path);
    try (FileChannel channel = FileChannel.open(path)) {
      known.learn(Head.of(channel));
      known.offset = 4;
      known.place = Place.in(channel, 4);
    }
  }

  @Test
  void whatGoesOnIsNotAnother() throws Exception {
    Path longer = Files.writeString(folder.resolve("longer"), "1\n2\n3\n");
    assertThat(SameContent.isOther(known, longer)).isFalse();
    assertThat(SameContent.goesOn(known, longer)).isTrue();
  }

  @Test
  void otherContentIsAnother() throws Exception {
    for (String text : new String[] {"", "1\n", "1\n3\n", "x\n2\n3\n"}) {
      Path other = Files.writeString(folder.resolve("other"), text);
      assertThat(SameContent.isOther(known, other)).as(text).isTrue();
      assertThat(SameContent.goesOn(known, other)).as(text).isFalse();
    }
  }

  /** It is neither: a file that can't be opened or read for a moment must not lose its place. */
  @Test
  void whatCannotBeReadIsNotKnownToBeAnother() throws Exception {
    Path unreadable = Files.createDirectory(folder.resolve("folder"));
    for (Path path : new Path[] {folder.resolve("none"), unreadable}) {
      assertThat(SameContent.isOther(known, path)).isFalse();
      assertThat(SameContent.goesOn(known, path)).isFalse();
    }
  }
}
