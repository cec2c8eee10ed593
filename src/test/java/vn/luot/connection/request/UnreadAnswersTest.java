package vn.luot.connection.request;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnreadAnswersTest {
  private static final int ROOM = (int) (UnreadAnswers.MOST / UnreadAnswers.LONG);

  private final ByteBuf answer = Unpooled.wrappedBuffer(new byte[UnreadAnswers.LONG]);
  private final List<ChannelPromise> unread = new ArrayList<>();

  private EmbeddedChannel answered(ByteBuf with) {
    EmbeddedChannel client = new EmbeddedChannel(new ChannelDuplexHandler());
    ChannelPromise sent = client.newPromise();
    unread.add(sent);
    UnreadAnswers.add(client.pipeline().firstContext(), with, sent);
    return client;
  }

  @AfterEach
  void readAll() {
    unread.forEach(ChannelPromise::trySuccess);
  }

  @Test
  void whoLeavesAnAnswerUnreadForLongestIsCutOff() {
    EmbeddedChannel first = answered(answer);
    for (int i = 1; i < ROOM; i++) {
      answered(answer);
    }
    assertTrue(first.isOpen(), "there was room");
    EmbeddedChannel last = answered(answer);
    assertFalse(first.isOpen());
    assertTrue(last.isOpen());
  }

  @Test
  void whoReadsIsNot() {
    EmbeddedChannel first = answered(answer);
    for (int i = 0; i < 2 * ROOM; i++) {
      answered(answer);
      unread.get(unread.size() - 1).setSuccess();
    }
    assertTrue(first.isOpen());
  }

  @Test
  void shortAndSharedAnswersAreNotCounted() {
    EmbeddedChannel first = answered(answer);
    for (int i = 0; i < 2 * ROOM; i++) {
      answered(answer.asReadOnly());
      answered(answer.slice(1, 1000));
    }
    assertTrue(first.isOpen());
  }
}
