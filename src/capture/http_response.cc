// Documents inside web archive records.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/format.h"
#include "capture/archive_index.h"
#include "capture/content_coding.h"
#include "capture/detect.h"
#include "capture/http_message.h"
#include "capture/record_digest.h"
#include "capture/web_archive.h"

namespace gavah::capture {
namespace {

constexpr std::size_t kMaxContentCodings = 4;  // RFC 9110 sets none; servers use one

/// Which part format a document of a web archive gets.
std::string_view part_format(std::string_view media_type, std::string_view bytes, std::string_view url) {
  if (media_type == "text/html" || media_type == "application/xhtml+xml") return "html";
  if (media_type == "text/plain") return "text";
  for (const std::string_view family : {"image/", "video/", "audio/"}) {
    if (media_type.starts_with(family)) return "media";
  }
  if (!media_type.empty() && media_type != "application/octet-stream" && media_type != "unk") return "other";
  const std::string_view name = url.substr(0, url.find_first_of("?#"));
  switch (detect(bytes.substr(0, kDetectBytes), name, Mapping::none).format) {
    case Format::html:
      return "html";
    case Format::text:
      return "text";
    case Format::media:
      return "media";
    default:
      return "other";
  }
}

/// The name of ChainStep for a coding of HTTP; empty when it is none that we undo.
std::string_view decoder_of(std::string_view coding) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kDecoders{{{"gzip", "gzip"},
                                                                                    {"x-gzip", "gzip"},
                                                                                    {"deflate", "deflate"},
                                                                                    {"br", "brotli"},
                                                                                    {"brotli", "brotli"},
                                                                                    {"zstd", "zstd"},
                                                                                    {"chunked", "dechunk"}}};
  for (const auto& [name, decoder] : kDecoders) {
    if (name == coding) return decoder;
  }
  return {};
}

/// Whether bytes can be what their coding says: servers and crawlers leave the header on decoded bodies.
bool begins_as(std::string_view decoder, std::string_view bytes) {
  if (decoder == "gzip") return bytes.starts_with("\x1f\x8b");
  if (decoder == "zstd") return bytes.starts_with("\x28\xb5\x2f\xfd");
  return true;
}

/// What every document of a web archive says beside its bytes.
Result<void> take_part(Part part, const RecordMeta& meta, std::string_view bytes, Intake& intake) {
  part.url = meta.url;
  part.path = meta.path;
  part.captured = meta.captured;
  if (!meta.truncated.empty()) part.hints["truncated"] = meta.truncated;
  if (!meta.ip.empty()) part.hints["server_ip"] = meta.ip;
  if (!meta.segment.empty()) {
    part.hints["truncated"] = "segment";
    intake.add_flaw("record", meta.path, "it goes on in further records (segments): only the first is read");
  }
  const std::vector<std::string> way = intake.archive_index().led_to(meta.url);
  if (!way.empty()) part.hints["requested_url"] = way.front();
  if (way.size() > 1) {
    std::string& hops = part.hints["redirects"];
    for (std::size_t i = 1; i < way.size(); ++i) hops += (i > 1 ? " " : "") + way[i];
  }
  if (const WaczPage* page = intake.archive_index().page_at(meta.url)) {
    part.hints["page_id"] = page->id;
    part.hints["page_title"] = page->title;
  }
  return intake.take(meta, std::move(part), bytes);
}

/// What a crawler made of a page itself: "urn:text:https://…" is its text as rendered, "urn:view:…" a screenshot.
struct Rendition {
  std::string_view kind;
  std::string_view url;  ///< of the page
};

std::optional<Rendition> rendition_of(std::string_view url) {
  constexpr std::string_view kUrn = "urn:";
  if (!url.starts_with(kUrn)) return std::nullopt;
  const std::size_t colon = url.find(':', kUrn.size());
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view kind = url.substr(kUrn.size(), colon - kUrn.size());
  constexpr std::array kKinds{"text", "view", "fullPage", "thumbnail", "view-final", "pageinfo", "textFromResponse"};
  if (std::ranges::find(kKinds, kind) == kKinds.end()) return std::nullopt;
  return Rendition{kind, url.substr(colon + 1)};
}

class Response {
 public:
  Response(const Document& document, ByteRange range, std::string_view block, const RecordMeta& meta, Intake& intake)
      : block_(block), meta_(meta), intake_(intake), chain_(chain_to(document, range, "http")) {}

  Result<void> take() {
    const std::size_t body_begin = header_end(block_);
    if (!block_.starts_with("HTTP/") || body_begin == std::string_view::npos) {
      intake_.add_problem("record", meta_.path, "its block is no HTTP response");
      return {};
    }
    header_ = parse_http_header(block_.substr(0, body_begin));
    body_ = block_.substr(body_begin);
    const std::string_view location = header_.fields.get("location");
    const bool is_redirect = header_.status >= 300 && header_.status < 400 && !location.empty();
    if (is_redirect) intake_.archive_index().note_redirect(meta_.url, location);
    if (body_.empty()) {
      intake_.pass_over(is_redirect ? "redirect" : "response without a body");
      return {};
    }
    check_length();
    const std::string_view raw = body_;
    GAVAH_TRY(undo_transfer_coding());
    check_payload(raw);
    GAVAH_TRY(undo_content_codings());
    if (is_too_large_) return {};
    return hand_over();
  }

 private:
  void flaw(std::string reason) { intake_.add_flaw("record", meta_.path, std::move(reason)); }

  /// A body that is shorter than its header says was cut on the way, or decoded by the crawler.
  void check_length() {
    const std::string_view stated = header_.fields.get("content-length");
    std::uint64_t size = 0;
    const auto parsed = std::from_chars(stated.data(), stated.data() + stated.size(), size);
    const bool is_number = parsed.ec == std::errc{} && parsed.ptr == stated.data() + stated.size();
    if (!is_number || size <= body_.size() || header_.fields.has("transfer-encoding") || !meta_.truncated.empty())
      return;
    flaw(format("its header states a body of {} bytes, but there are {}", size, body_.size()));
  }

  /// Undoes one coding, unless that gives nothing or too much.
  Result<void> undo(std::string_view decoder, std::string_view coding) {
    const std::uint64_t allowed = std::min(intake_.limits().record_bytes(), intake_.inflated_left());
    GAVAH_ASSIGN(Decoded decoded, decode(decoder, body_, allowed));
    if (decoded.end == Decoded::End::too_large) {
      GAVAH_TRY(intake_.spend_inflated(allowed));
      intake_.add_problem("record", meta_.path, format("its body, once decoded, has more than {} bytes", allowed));
      is_too_large_ = true;
      return {};
    }
    if (decoded.end == Decoded::End::broken) {
      const bool nothing = decoded.bytes.empty();
      flaw(nothing ? format("its body is not {} as its header says: it is kept as it is", coding)
                   : format("its body's {} coding is broken: kept up to there", coding));
      if (nothing) return {};
    }
    if (decoder != "dechunk") GAVAH_TRY(intake_.spend_inflated(decoded.bytes.size()));
    chain_.push_back({{0, body_.size()}, std::string(decoder)});
    decoded_ = std::move(decoded.bytes);
    body_ = decoded_;
    return {};
  }

  Result<void> undo_transfer_coding() {
    const std::string coding = ascii_lower(header_.fields.get("transfer-encoding"));
    if (coding.find("chunked") == std::string::npos) return {};
    return undo("dechunk", "chunked");
  }

  Result<void> undo_content_codings() {
    std::string_view rest = header_.fields.get("content-encoding");
    std::vector<std::string> codings;
    while (!rest.empty() && codings.size() <= kMaxContentCodings) {
      const std::size_t comma = rest.find(',');
      codings.push_back(ascii_lower(trim(rest.substr(0, comma))));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    if (codings.size() > kMaxContentCodings) {
      flaw(format("it states more than {} content codings", kMaxContentCodings));
      return {};
    }
    std::ranges::reverse(codings);  // the last one stated was applied last
    for (const std::string& coding : codings) {
      if (coding.empty() || coding == "identity") continue;
      const std::string_view decoder = decoder_of(coding);
      if (decoder.empty() || decoder == "dechunk") {
        flaw(format("its content coding '{}' is not known: kept as it is", coding));
        return {};
      }
      if (!begins_as(decoder, body_)) {
        flaw(format("its body is not {} as its header says: it is kept as it is", coding));
        continue;
      }
      GAVAH_TRY(undo(decoder, coding));
      if (is_too_large_) return {};
    }
    return {};
  }

  /// Crawlers digest the body before or after the chunks are joined; either will do.
  void check_payload(std::string_view raw) {
    if (meta_.payload_digest.empty()) return;
    DigestMatch match = match_digest(meta_.payload_digest, raw, intake_.digests_ahead());
    if (match == DigestMatch::different && raw.data() != body_.data())
      match = match_digest(meta_.payload_digest, body_);
    has_stated_digest_ = match == DigestMatch::same;
    if (match == DigestMatch::different) flaw("its payload digest is not that of its payload");
  }

  Result<void> hand_over() {
    const std::string_view content_type = header_.fields.get("content-type");
    Part part;
    part.chain = std::move(chain_);
    part.media_type = media_type_of(content_type);
    part.charset = charset_of(content_type);
    part.format = part_format(part.media_type, body_, meta_.url);
    // Revisits in other captures refer to it.
    if (has_stated_digest_) part.hints["payload_digest"] = plain_digest(meta_.payload_digest);
    if (header_.status != 0) part.hints["http_status"] = std::to_string(header_.status);
    return take_part(std::move(part), meta_, body_, intake_);
  }

  std::string_view block_;
  const RecordMeta& meta_;
  Intake& intake_;
  std::vector<ChainStep> chain_;
  HttpHeader header_;
  std::string_view body_;
  std::string decoded_;  // what body_ looks at once a coding was undone
  bool is_too_large_ = false;
  bool has_stated_digest_ = false;
};

}  // namespace

Result<void> take_http_response(const Document& document, ByteRange range, std::string_view block,
                                const RecordMeta& meta, Intake& intake) {
  return Response(document, range, block, meta, intake).take();
}

Result<void> take_resource(const Document& document, ByteRange range, std::string_view block, const RecordMeta& meta,
                           Intake& intake) {
  if (block.empty()) {
    intake.pass_over("record without a body");
    return {};
  }
  Part part;
  part.chain = chain_to(document, range, "none");
  part.media_type = meta.media_type;
  part.charset = meta.charset;
  if (const auto rendition = rendition_of(meta.url)) {
    RecordMeta of_page = meta;
    of_page.url = rendition->url;
    part.format = "other";
    part.hints["rendition"] = rendition->kind;
    return take_part(std::move(part), of_page, block, intake);
  }
  part.format = part_format(meta.media_type, block, meta.url);
  return take_part(std::move(part), meta, block, intake);
}

}  // namespace gavah::capture
