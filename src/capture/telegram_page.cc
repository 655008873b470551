// Chats that Telegram Desktop exported as HTML.
#include "capture/telegram_page.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "capture/album.h"
#include "capture/http_message.h"
#include "capture/intake.h"
#include "html/html.h"

namespace gavah::capture {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMessage = "<div class=\"message ";
constexpr std::string_view kName = "<div class=\"from_name\">";
constexpr std::string_view kForwarded = "<div class=\"forwarded body\">";
constexpr std::string_view kOpen = "<div";
constexpr std::string_view kClose = "</div";
constexpr std::string_view kTitle = "<div class=\"text bold\">";

bool contains(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

/// The words right behind `mark`, up to the next tag; empty when it is not there.
std::string words_behind(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at + mark.size());
  return html::decode_references(trim(rest.substr(0, rest.find('<'))));
}

/// The value of the message's attribute id: "message12", "message-3".
std::string_view id_of(std::string_view message) {
  constexpr std::string_view kId = " id=\"";
  const std::string_view tag = message.substr(0, message.find('>'));
  const std::size_t at = tag.find(kId);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = tag.substr(at + kId.size());
  return rest.substr(0, rest.find('"'));
}

/// Who speaks in a message, and whom it forwards, as far as it says so itself.
struct Heads {
  std::string author;
  std::string origin;
  bool is_forward = false;
};

Heads heads_of(std::string_view message) {
  Heads out;
  const std::size_t forwarded = message.find(kForwarded);
  out.is_forward = forwarded != std::string_view::npos;
  out.author = words_behind(message.substr(0, forwarded), kName);
  if (out.is_forward) out.origin = words_behind(message.substr(forwarded), kName);
  return out;
}

/// What of a message tells of albums; who speaks in it is for the caller.
AlbumItem album_item(std::string_view message) {
  AlbumItem out;
  constexpr std::string_view kId = "message";
  const std::string_view id = id_of(message);
  std::int64_t number = 0;
  const bool has_id =
      id.starts_with(kId) &&
      std::from_chars(id.data() + kId.size(), id.data() + id.size(), number).ptr == id.data() + id.size();
  if (has_id) out.id = number;
  constexpr std::string_view kDate = "date details\" title=\"";
  if (const std::size_t at = message.find(kDate); at != std::string_view::npos) {
    const std::string_view rest = message.substr(at + kDate.size());
    out.moment = rest.substr(0, rest.find('"'));
  }
  constexpr std::string_view kReply = "#go_to_message";
  if (const std::size_t at = message.find(kReply); at != std::string_view::npos) {
    const std::string_view rest = message.substr(at + kReply.size());
    out.reply = rest.substr(0, rest.find('"'));
  }
  constexpr std::array kPictures{R"(class="photo_wrap)"sv, R"(class="video_file_wrap)"sv, R"(media_photo")"sv,
                                 R"(media_video")"sv};
  for (const std::string_view sign : kPictures) out.is_picture = out.is_picture || contains(message, sign);
  out.has_words = contains(message, "<div class=\"text\">");
  return out;
}

class TelegramPageReader {
 public:
  TelegramPageReader(const Document& document, Intake& intake)
      : document_(document), intake_(intake), window_(document.bytes) {}

  Result<void> read() {
    GAVAH_TRY(window_.grow_to(kHeadBytes));
    title_ = words_behind(window_.view().substr(0, kHeadBytes), kTitle);
    for (;;) {
      GAVAH_ASSIGN(const bool found, find_message());
      if (!found) break;
      GAVAH_ASSIGN(const std::size_t size, message_size());
      GAVAH_TRY(take_message(window_.view().substr(0, size)));
      window_.consume(size);
    }
    return {};
  }

 private:
  static constexpr std::size_t kHeadBytes = 64 * 1024;

  /// Moves the window to the next message; false at the end.
  Result<bool> find_message() {
    for (;;) {
      const std::size_t at = window_.view().find(kMessage);
      if (at != std::string_view::npos) {
        window_.consume(at);
        return true;
      }
      const std::size_t size = window_.view().size();
      if (size >= kMessage.size()) window_.consume(size - kMessage.size() + 1);
      GAVAH_ASSIGN(const bool more, window_.grow());
      if (!more) return false;
    }
  }

  /// From its opening to its closing tag, by counting; up to the next message or the end where none closes it.
  Result<std::size_t> message_size() {
    std::size_t at = kMessage.size();
    std::size_t depth = 1;
    for (;;) {
      const std::size_t tag = window_.view().find('<', at);
      const std::size_t left = tag == std::string_view::npos ? 0 : window_.view().size() - tag;
      if (left < kMessage.size() && !window_.is_last()) {
        if (window_.view().size() > intake_.limits().max_part_bytes) {
          return fail(ErrorCode::invalid_input,
                      format("a message has more than {} bytes", intake_.limits().max_part_bytes));
        }
        GAVAH_TRY(window_.grow());
        continue;
      }
      if (left == 0) break;
      const std::string_view rest = window_.view().substr(tag);
      if (rest.starts_with(kMessage)) return cut_at(tag);
      if (rest.starts_with(kOpen)) ++depth;
      if (rest.starts_with(kClose) && --depth == 0) return end_of_tag(tag);
      at = tag + 1;
    }
    return cut_at(window_.view().size());
  }

  Result<std::size_t> end_of_tag(std::size_t tag) {
    const std::size_t end = window_.view().find('>', tag);
    return end == std::string_view::npos ? window_.view().size() : end + 1;
  }

  std::size_t cut_at(std::size_t size) {
    intake_.add_flaw("message", inner_path(document_.path, id_of(window_.view().substr(0, size))),
                     "nothing closes it: read up to the next");
    return size;
  }

  Result<void> take_message(std::string_view message) {
    const std::string_view kind = message.substr(kMessage.size());
    if (kind.starts_with("service")) {
      intake_.pass_over("service message");
      author_.clear();
      origin_.clear();
      albums_.end();
      return {};
    }
    if (!kind.starts_with("default")) {
      intake_.pass_over("entry that is no message");
      return {};
    }
    Part part;
    part.chain = chain_to(document_, {window_.offset(), window_.offset() + message.size()}, "none");
    part.format = "telegram-page";
    part.media_type = "text/html";
    part.charset = "utf-8";
    part.path = inner_path(document_.path, id_of(message));
    if (!title_.empty()) part.hints["chat_title"] = title_;
    const Heads heads = heads_of(message);
    inherit(heads, kind.substr(0, kind.find('"')), part);
    AlbumItem item = album_item(message);
    item.author = author_;
    if (heads.is_forward) item.origin = origin_;
    if (const auto first = albums_.next(std::move(item))) part.hints["album"] = std::to_string(*first);
    return intake_.take(std::move(part), message);
  }

  /// A joined message is by who spoke before it, and forwards what that one forwarded, where it says nothing else.
  void inherit(const Heads& heads, std::string_view kind, Part& part) {
    const bool is_joined = contains(kind, "joined");
    if (!heads.author.empty() || !is_joined) author_ = heads.author;
    if (!heads.origin.empty() || !heads.is_forward) origin_ = heads.origin;
    if (heads.author.empty() && !author_.empty()) part.hints["author"] = author_;
    if (heads.is_forward && heads.origin.empty() && !origin_.empty()) part.hints["forwarded_from"] = origin_;
  }

  const Document& document_;
  Intake& intake_;
  ByteWindow window_;
  std::string title_;
  std::string author_;  // of the message before
  std::string origin_;
  Albums albums_;
};

}  // namespace

bool is_telegram_page(std::string_view head) {
  return contains(head, "class=\"page_wrap\"") && contains(head, "class=\"history\"");
}

bool is_telegram_list(std::string_view head) {
  return contains(head, "class=\"page_wrap\"") && contains(head, "class=\"page_body") &&
         (contains(head, "list_page") || contains(head, "class=\"entry_list\"")) && contains(head, "css/style.css");
}

Result<void> read_telegram_page(const Document& document, Intake& intake) {
  intake.set_format(document, "html");
  return TelegramPageReader(document, intake).read();
}

}  // namespace gavah::capture
