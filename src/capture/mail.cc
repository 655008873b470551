// Messages as mail has them (RFC 5322, 2045 to 2047): pages saved as MHTML (RFC 2557), and e-mails.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/byte_window.h"
#include "base/format.h"
#include "capture/capture.h"
#include "capture/content_coding.h"
#include "capture/http_message.h"
#include "capture/inflated_source.h"
#include "capture/intake.h"
#include "capture/mail_header.h"
#include "capture/pass_over.h"

namespace gavah::capture {
namespace {

constexpr std::size_t kMaxBoundaryBytes = 200;  // RFC 2046 allows 70
constexpr std::size_t kMaxPaddingBytes = 80;    // white space behind a boundary; programs write none
constexpr std::size_t kMaxBodies = 100'000;     // in one multipart; a saved page has hundreds
constexpr std::size_t kMaxDepth = 8;            // multipart within multipart; programs write three

enum class Kind { page, mail };

/// What the outermost header says of all that is inside.
struct Message {
  Kind kind = Kind::mail;
  std::string url;  ///< of the page
  std::optional<Instant> date;
  std::map<std::string, std::string> hints;  ///< of a mail's words
};

struct Entity {
  HeaderFields fields;
  std::string media_type;
  std::string encoding;  ///< in lower case
  ByteRange body;
};

class MailReader {
 public:
  MailReader(const Document& document, Intake& intake) : document_(document), intake_(intake) {}

  Result<void> read() {
    GAVAH_ASSIGN(const Entity whole, entity_at({0, document_.bytes.size()}));
    note_message(whole);
    intake_.set_format(document_, message_.kind == Kind::page ? "mhtml" : "mail");
    const std::uint32_t count_before = intake_.container().part_count;
    GAVAH_TRY(read_entity(whole, 0));
    if (intake_.container().part_count == count_before && !intake_.has_losses()) {
      return fail(ErrorCode::invalid_input, "a message without words or files");
    }
    return {};
  }

 private:
  Result<Entity> entity_at(ByteRange range) {
    const std::uint64_t most = std::min<std::uint64_t>(range.size(), intake_.limits().max_header_bytes);
    GAVAH_ASSIGN(const std::string head, document_.bytes.read({range.begin, range.begin + most}));
    std::size_t end = head.starts_with('\n') ? 1 : head.starts_with("\r\n") ? 2 : header_end(head);
    if (end == std::string::npos) {
      if (most < range.size()) return fail(ErrorCode::invalid_input, "its header is larger than headers are");
      end = head.size();
    }
    Entity out;
    out.fields = HeaderFields::parse(std::string_view(head).substr(0, end));
    out.media_type = media_type_of(out.fields.get("content-type"));
    if (out.media_type.empty()) out.media_type = "text/plain";
    out.encoding = ascii_lower(trim(out.fields.get("content-transfer-encoding")));
    out.body = {range.begin + end, range.end};
    return out;
  }

  void note_message(const Entity& whole) {
    const HeaderFields& fields = whole.fields;
    const bool is_saved = fields.has("snapshot-content-location") || fields.get("from").starts_with("<Saved by") ||
                          !(fields.has("message-id") || fields.has("to") || fields.has("received"));
    message_.kind = whole.media_type == "multipart/related" && is_saved ? Kind::page : Kind::mail;
    message_.date = mail_date(fields.get("date"));
    message_.url = fields.get("snapshot-content-location");
    if (message_.url.empty()) message_.url = fields.get("content-location");
    if (message_.kind == Kind::page) return;
    for (const auto& [hint, name] : {std::pair{"mail_from", "from"}, std::pair{"mail_subject", "subject"}}) {
      if (fields.has(name)) message_.hints[hint] = mail_words(fields.get(name));
    }
    if (message_.date) message_.hints["mail_date"] = message_.date->text();
  }

  Result<void> read_entity(const Entity& entity, std::size_t depth) {
    if (depth > kMaxDepth) {
      set_aside(entity, format("parts lie more than {} deep inside one another", kMaxDepth));
      return {};
    }
    if (!entity.media_type.starts_with("multipart/")) return take_body(entity);
    const std::string boundary = mail_parameter(entity.fields.get("content-type"), "boundary");
    if (boundary.empty() || boundary.size() > kMaxBoundaryBytes) {
      set_aside(entity, "it has many parts, but does not say what divides them");
      return {};
    }
    GAVAH_ASSIGN(const std::vector<ByteRange> ranges, split(entity.body, "--" + boundary));
    std::vector<Entity> inner;
    for (const ByteRange& range : ranges) {
      auto each = entity_at(range);
      if (!each && !intake_.owns(each.error())) return std::unexpected(each.error());
      if (each) {
        inner.push_back(*std::move(each));
      } else {
        intake_.add_problem("part", where(range), each.error().message);
      }
    }
    if (entity.media_type == "multipart/alternative") return read_one_of(inner, depth);
    for (const Entity& each : inner) GAVAH_TRY(read_entity(each, depth + 1));
    return {};
  }

  /// The same words in several forms: plain text is nearest to what was written.
  Result<void> read_one_of(const std::vector<Entity>& forms, std::size_t depth) {
    if (forms.empty()) return {};
    const auto rank = [](const Entity& form) {
      const bool is_plain = form.media_type == "text/plain" && form.body.size() > 0;
      return is_plain ? 0 : form.media_type == "text/html" ? 1 : form.media_type.starts_with("multipart/") ? 2 : 3;
    };
    const auto best = std::ranges::min_element(forms, {}, rank);
    intake_.pass_over("other form of the same words", forms.size() - 1);
    return read_entity(*best, depth + 1);
  }

  /// The stretches between lines that begin with `delimiter`, without the line break before each (RFC 2046, 5.1.1).
  Result<std::vector<ByteRange>> split(ByteRange body, const std::string& delimiter) {
    std::vector<ByteRange> out;
    ByteWindow window(document_.bytes, body);
    std::optional<std::uint64_t> open;
    for (;;) {
      GAVAH_ASSIGN(const bool found, find_line(window, delimiter));
      const std::uint64_t at = window.offset();
      if (open) {
        GAVAH_ASSIGN(const std::uint64_t end, found ? without_break(*open, at) : Result<std::uint64_t>(body.end));
        out.push_back({*open, end});
      }
      if (!found) {
        if (open) intake_.add_flaw("part", where({*open, body.end}), "nothing ends it: read up to the end");
        return out;
      }
      if (out.size() == kMaxBodies) {
        intake_.add_problem("part", document_.path, format("there are more than {} parts in one", kMaxBodies));
        return out;
      }
      GAVAH_TRY(window.grow_to(delimiter.size() + 2));
      const bool is_last = window.view().substr(delimiter.size()).starts_with("--");
      if (is_last) return out;
      GAVAH_TRY(skip_line(window));
      open = window.offset();
    }
  }

  /// Moves to the next line that is a delimiter; the window stands where a line begins. False at the end.
  static Result<bool> find_line(ByteWindow& window, const std::string& delimiter) {
    bool is_line_start = true;
    for (;;) {
      GAVAH_TRY(window.grow_to(delimiter.size() + kMaxPaddingBytes));
      const std::string_view view = window.view();
      if (is_line_start && view.starts_with(delimiter) && is_delimiter(view, delimiter)) return true;
      const std::size_t end = view.find('\n');
      is_line_start = end != std::string_view::npos;
      window.consume(is_line_start ? end + 1 : view.size());
      if (!window.view().empty()) continue;
      GAVAH_ASSIGN(const bool more, window.grow());
      if (!more) return false;
    }
  }

  /// A boundary may be the beginning of another; white space may stand behind it (RFC 2046, 5.1.1).
  static bool is_delimiter(std::string_view line, const std::string& delimiter) {
    std::string_view rest = line.substr(std::min(line.size(), delimiter.size()));
    if (rest.starts_with("--")) return true;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    return rest.empty() || rest[0] == '\r' || rest[0] == '\n';
  }

  static Result<void> skip_line(ByteWindow& window) {
    for (;;) {
      const std::size_t end = window.view().find('\n');
      if (end != std::string_view::npos) {
        window.consume(end + 1);
        return {};
      }
      window.consume(window.view().size());
      GAVAH_ASSIGN(const bool more, window.grow());
      if (!more) return {};
    }
  }

  Result<std::uint64_t> without_break(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t from = end - std::min<std::uint64_t>(2, end - begin);
    GAVAH_ASSIGN(const std::string tail, document_.bytes.read({from, end}));
    if (tail.ends_with("\r\n")) return end - 2;
    return tail.ends_with('\n') ? end - 1 : end;
  }

  Result<void> take_body(const Entity& entity) {
    GAVAH_ASSIGN(const bool passed,
                 is_passed_over("part", format("at byte {}", entity.body.begin), document_, intake_));
    if (passed) return {};
    const std::string& type = entity.media_type;
    if (type == "text/css" || type.find("javascript") != std::string::npos || type.starts_with("font/")) {
      intake_.pass_over("style, script or font of a page");
      return {};
    }
    if (type.find("signature") != std::string::npos) {
      intake_.pass_over("signature of a message");
      return {};
    }
    const bool is_coded = entity.encoding == "base64" || entity.encoding == "quoted-printable";
    const std::string_view decoder = is_coded ? std::string_view(entity.encoding) : "none";
    if (entity.body.size() > intake_.limits().max_part_bytes + intake_.limits().max_header_bytes) {
      set_aside(entity, format("it has {} bytes, more than one document may have", entity.body.size()));
      return {};
    }
    GAVAH_ASSIGN(std::string bytes, document_.bytes.read(entity.body));
    if (is_coded) {
      GAVAH_ASSIGN(Decoded decoded, decode(decoder, bytes, intake_.limits().max_part_bytes));
      if (decoded.end == Decoded::End::broken) {
        intake_.add_flaw("part", where(entity.body), format("its {} is damaged: read up to there", decoder));
      }
      bytes = std::move(decoded.bytes);
    }
    if (bytes.empty()) {
      intake_.pass_over("empty part");
      return {};
    }
    return hand_over(entity, chain_to(document_, entity.body, decoder), std::move(bytes));
  }

  Result<void> hand_over(const Entity& entity, std::vector<ChainStep> chain, std::string bytes) {
    const std::string& type = entity.media_type;
    const bool is_file = ascii_lower(entity.fields.get("content-disposition")).starts_with("attachment");
    const bool is_page = type == "text/html" || type == "application/xhtml+xml";
    const bool is_media = type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
    if (is_file || (!is_page && !is_media && type != "text/plain")) return read_file(entity, std::move(chain), bytes);
    Part part;
    part.chain = std::move(chain);
    part.format = is_page ? "html" : is_media ? "media" : "text";
    part.media_type = type;
    part.charset = charset_of(entity.fields.get("content-type"));
    part.path = where(entity.body);
    part.captured = message_.date;
    if (!is_media) part.hints = message_.hints;
    if (message_.kind == Kind::page) fill_address(entity, part);
    return intake_.take(std::move(part), bytes);
  }

  /// The first page is the one that was saved; others stand in its frames.
  void fill_address(const Entity& entity, Part& part) {
    part.url = entity.fields.get("content-location");
    if (part.url.starts_with("cid:")) part.url.clear();
    if (part.format != "html") return;
    if (has_page_) {
      part.hints["frame"] = "1";
    } else if (part.url.empty()) {
      part.url = message_.url;
    }
    has_page_ = true;
  }

  /// What was sent along: whatever it is by its bytes and name.
  Result<void> read_file(const Entity& entity, std::vector<ChainStep> chain, std::string_view bytes) {
    std::string name = mail_words(mail_parameter(entity.fields.get("content-disposition"), "filename"));
    if (name.empty()) name = mail_words(mail_parameter(entity.fields.get("content-type"), "name"));
    const MemorySource source(bytes);
    const Document inner{source, std::move(chain), inner_path(document_.path, name.empty() ? "attachment" : name),
                         std::move(name), document_.nesting + 1};
    auto done = read_document(inner, intake_);
    if (done || !intake_.owns(done.error())) return done;
    intake_.add_problem("attachment", inner.path, done.error().message);
    return {};
  }

  std::string where(ByteRange range) const { return inner_path(document_.path, format("at byte {}", range.begin)); }

  void set_aside(const Entity& entity, std::string reason) {
    intake_.add_problem("part", where(entity.body), std::move(reason));
  }

  const Document& document_;
  Intake& intake_;
  Message message_;
  bool has_page_ = false;
};

}  // namespace

Result<void> read_mail(const Document& document, Intake& intake) { return MailReader(document, intake).read(); }

}  // namespace gavah::capture
