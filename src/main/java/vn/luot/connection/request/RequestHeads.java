package vn.luot.connection.request;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.HexFormat;
import java.util.List;

/**
 * Looks at the head of each request before anybody acts on it.
 *
 * <p>Queries are taken as browsers write them: by the URL standard they leave some characters as
 * they are that RFC 3986 does not allow. Where a proxy might see the end of a request elsewhere
 * than we do, or another host, the connection ends with it (RFC 9112, sections 3.2 and 6.1).
 */
final class RequestHeads extends ChannelInboundHandlerAdapter {
  private static final String NO_ADDRESS = "{";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String NOT_ALLOWED = "\"<>\\^`{|}";

  /** What comes behind a refused one may be its body. */
  private boolean over;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest head) {
      if (!isHttp1(head.protocolVersion()) || isAmbiguous(head)) {
        refuse(head);
        context.fireChannelRead(head);
        context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        return;
      }
      escape(head);
    }
    context.fireChannelRead(message);
  }

  private static boolean isHttp1(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  private static boolean isAmbiguous(HttpRequest head) {
    HttpHeaders headers = head.headers();
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
      if (codings.size() > 1
          || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))
          || headers.contains(HttpHeaderNames.CONTENT_LENGTH)
          || head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
        return true;
      }
    }
    return headers.getAll(HttpHeaderNames.HOST).size() > 1 || hasHiddenBody(head);
  }

  /**
   * Of a GET with such a key the decoder takes the next eight bytes for its body, as a WebSocket of
   * 2010 had one. Nobody else does: to a proxy they are the next request's.
   */
  private static boolean hasHiddenBody(HttpRequest head) {
    return head.method().equals(HttpMethod.GET)
        && head.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1);
  }

  /** The server refuses what is no address, in its turn behind what was asked before. */
  private void refuse(HttpRequest head) {
    over = true;
    head.setProtocolVersion(HttpVersion.HTTP_1_1);
    head.setUri(NO_ADDRESS);
    head.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
  }

  private static void escape(HttpRequest head) {
    String uri = head.uri();
    for (int i = uri.indexOf('?') + 1; i > 0 && i < uri.length(); i++) {
      if (isToEscape(uri, i)) {
        head.setUri(escaped(uri));
        return;
      }
    }
  }

  private static String escaped(String uri) {
    int query = uri.indexOf('?') + 1;
    StringBuilder escaped = new StringBuilder(uri.length() + 16).append(uri, 0, query);
    for (int i = query; i < uri.length(); i++) {
      if (isToEscape(uri, i)) {
        // The decoder has made a character of each byte.
        escaped.append('%').append(HEX.toHexDigits((byte) uri.charAt(i)));
      } else {
        escaped.append(uri.charAt(i));
      }
    }
    return escaped.toString();
  }

  private static boolean isToEscape(String uri, int i) {
    char c = uri.charAt(i);
    if (c == '%') {
      return !isHex(uri, i + 1) || !isHex(uri, i + 2);
    }
    return c <= ' ' || c >= 0x7F || NOT_ALLOWED.indexOf(c) >= 0;
  }

  private static boolean isHex(String uri, int i) {
    return i < uri.length() && Character.digit(uri.charAt(i), 16) >= 0;
  }
}
