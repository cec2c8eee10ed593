package vn.luot.refusal;

import java.util.Locale;

/** Why a request was refused: the problem's stable type, and the metric's label. */
public enum Reason {
  MALFORMED(
      400,
      "The request cannot be read",
      "Không đọc được yêu cầu",
      "Yêu cầu gửi đi không đúng định dạng."),
  UNAUTHENTICATED(
      401,
      "No key, or one that is not in force",
      "Chưa có khóa hợp lệ",
      "Cần gửi kèm một khóa còn hiệu lực."),
  ORIGIN_NOT_ALLOWED(
      403,
      "This origin is not allowed for the site",
      "Địa chỉ này chưa được đăng ký",
      "Trang gọi đến từ một địa chỉ chưa được đăng ký. Người quản trị Luot cần thêm đúng địa chỉ đó."),
  READING_CLOSED(
      403,
      "This site's numbers are not public",
      "Số liệu không công khai",
      "Chủ trang không công khai số liệu này."),
  RATING_CLOSED(
      403, "Rating is closed", "Đánh giá đang đóng", "Trang này hiện không nhận đánh giá."),
  NOT_PERMITTED(
      403,
      "Not within this key's reach",
      "Không có quyền",
      "Khóa này không có quyền thực hiện việc đó."),
  NOT_FOUND(404, "Nothing is here", "Không tìm thấy", "Không có nội dung nào ở địa chỉ này."),
  UNKNOWN_SITE(
      404,
      "No such site",
      "Chưa có trang này",
      "Chưa có trang nào được đăng ký với tên này. Xin kiểm tra lại mã trang (data-site)."),
  METHOD_NOT_ALLOWED(
      405,
      "Method not allowed",
      "Phương thức không được hỗ trợ",
      "Địa chỉ này không nhận phương thức đã gửi."),
  NOT_ACCEPTABLE(
      406,
      "No acceptable representation",
      "Không có định dạng phù hợp",
      "Không trả lời được theo định dạng đã yêu cầu."),
  CONFLICT(
      409,
      "Something else has this place",
      "Trùng với dữ liệu đã có",
      "Đã có dữ liệu khác ở vị trí này."),
  TOO_LARGE(413, "The body is too large", "Nội dung quá lớn", "Xin gửi nội dung ngắn hơn."),
  ADDRESS_TOO_LONG(414, "The address is too long", "Địa chỉ quá dài", "Xin rút ngắn địa chỉ."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Media type not supported",
      "Loại nội dung không được hỗ trợ",
      "Xin gửi nội dung dạng application/json."),
  OUT_OF_RANGE(
      422,
      "A value is not allowed",
      "Giá trị không hợp lệ",
      "Có giá trị chưa đúng, xin kiểm tra lại."),
  TOO_MANY(
      429,
      "Too many requests",
      "Quá nhiều yêu cầu",
      "Mạng này vừa gửi quá nhiều yêu cầu. Xin đợi một phút rồi thử lại."),
  HEADERS_TOO_LARGE(
      431,
      "The headers are too large",
      "Phần đầu của yêu cầu quá lớn",
      "Xin gửi phần đầu ngắn hơn."),
  INTERNAL(
      500,
      "An error inside Luot",
      "Lỗi của hệ thống",
      "Hệ thống gặp lỗi. Lỗi này không phải do yêu cầu đã gửi."),
  OVERLOADED(
      503,
      "Too much is waiting",
      "Hệ thống đang quá tải",
      "Có quá nhiều yêu cầu đang chờ. Xin thử lại sau ít phút."),
  NOT_STORED(
      503,
      "The counts could not be stored",
      "Chưa ghi nhận được",
      "Hệ thống tạm thời chưa ghi nhận được. Xin thử lại sau ít phút."),
  NOT_READABLE(
      503,
      "The numbers cannot be read at the moment",
      "Tạm thời chưa đọc được số liệu",
      "Hệ thống tạm thời chưa trả lời được. Xin thử lại sau ít phút.");

  private final int status;
  private final String title;
  private final String titleInVietnamese;
  private final String detailInVietnamese;

  Reason(int status, String title, String titleInVietnamese, String detailInVietnamese) {
    this.status = status;
    this.title = title;
    this.titleInVietnamese = titleInVietnamese;
    this.detailInVietnamese = detailInVietnamese;
  }

  public int status() {
    return status;
  }

  String title(Language language) {
    return language == Language.VIETNAMESE ? titleInVietnamese : title;
  }

  /** What to do, for whoever reads a page: details are written for whoever made it. */
  String detailInVietnamese() {
    return detailInVietnamese;
  }

  /** The reason as it appears in problem types and metric labels, such as {@code unknown-site}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
