#include "capture/archive_index.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/format.h"
#include "capture/http_message.h"
#include "capture/inflated_source.h"
#include "capture/media_names.h"
#include "capture/record_digest.h"

namespace gavah::capture {
namespace {

std::string key_of(std::string_view kind, std::string_view value) { return format("{} {}", kind, value); }

std::string digest_key(std::string_view label) { return key_of("digest", plain_digest(label)); }

std::string visit_key(std::string_view url, std::string_view date) {
  return key_of("visit", format("{} {}", date, url));
}

}  // namespace

std::string absolute_address(std::string_view base, std::string_view location) {
  location = trim(location.substr(0, location.find('#')));
  const std::size_t scheme_end = base.find("://");
  if (location.find("://") < location.find_first_of("/?") || scheme_end == std::string_view::npos) {
    return std::string(location);
  }
  if (location.starts_with("//")) return format("{}:{}", base.substr(0, scheme_end), location);
  const std::size_t path = std::min(base.find_first_of("/?#", scheme_end + 3), base.size());
  const std::string_view origin = base.substr(0, path);
  if (location.starts_with('/')) return format("{}{}", origin, location);
  const std::string_view plain = base.substr(0, base.find_first_of("?#"));
  if (location.starts_with('?')) return format("{}{}", plain, location);
  const std::size_t folder = plain.rfind('/');
  if (folder < path || folder == std::string_view::npos) return format("{}/{}", origin, location);
  return format("{}{}", plain.substr(0, folder + 1), location);
}

void ArchiveIndex::note_redirect(std::string_view from, std::string_view location) {
  if (came_from_.size() >= kMaxRemembered) {
    ++forgotten_;
    return;
  }
  page_at(from);
  std::string to = absolute_address(from, location);
  if (to != from) came_from_.insert_or_assign(std::move(to), std::string(from));
}

std::vector<std::string> ArchiveIndex::led_to(std::string_view url) const {
  std::vector<std::string> out;
  if (came_from_.empty()) return out;
  auto found = came_from_.find(std::string(url));
  while (found != came_from_.end() && out.size() < kMaxHops && std::ranges::find(out, found->second) == out.end()) {
    out.push_back(found->second);
    found = came_from_.find(found->second);
  }
  std::ranges::reverse(out);
  return out;
}

void ArchiveIndex::note_page(const WaczPage& page) {
  if (pages_.size() >= kMaxRemembered) return;
  const std::string url = page.url.substr(0, page.url.find('#'));
  if (page_by_url_.try_emplace(url, pages_.size()).second) pages_.push_back({page});
}

const WaczPage* ArchiveIndex::page_at(std::string_view url) {
  if (pages_.empty()) return nullptr;
  const auto found = page_by_url_.find(std::string(url.substr(0, url.find('#'))));
  if (found == page_by_url_.end()) return nullptr;
  pages_[found->second].is_here = true;
  return &pages_[found->second].page;
}

void ArchiveIndex::tell_missing_pages(Intake& intake) const {
  const auto is_missing = [](const ListedPage& listed) { return !listed.is_here; };
  const auto missing = std::ranges::count_if(pages_, is_missing);
  if (missing == 0) return;
  intake.add_flaw("WACZ", "pages",
                  format("{} of {} pages that its list names are not in it, the first of them {}", missing,
                         pages_.size(), std::ranges::find_if(pages_, is_missing)->page.url));
}

void ArchiveIndex::note_document(const RecordMeta& meta, const Part& part) {
  if (originals_.size() >= kMaxRemembered) {
    ++forgotten_;
    return;
  }
  if (!meta.id.empty()) by_key_.try_emplace(key_of("id", meta.id), originals_.size());
  if (!meta.payload_digest.empty()) by_key_.try_emplace(digest_key(meta.payload_digest), originals_.size());
  if (!meta.url.empty() && !meta.date.empty()) by_key_.try_emplace(visit_key(meta.url, meta.date), originals_.size());
  originals_.push_back({part, meta.payload_digest});
}

void ArchiveIndex::note_revisit(const RecordMeta& meta, std::string_view block, std::vector<ChainStep> chain) {
  if (revisits_.size() >= kMaxRemembered) {
    ++forgotten_;
    return;
  }
  page_at(meta.url);
  Revisit revisit{meta, 0, {}, std::move(chain)};
  if (block.starts_with("HTTP/")) {
    const HttpHeader header = parse_http_header(block);
    revisit.status = header.status;
    revisit.media_type = media_type_of(header.fields.get("content-type"));
  }
  revisits_.push_back(std::move(revisit));
}

const ArchiveIndex::Original* ArchiveIndex::original_of(const RecordMeta& meta) const {
  std::vector<std::string> keys;
  if (!meta.refers_to.empty()) keys.push_back(key_of("id", meta.refers_to));
  if (!meta.payload_digest.empty()) keys.push_back(digest_key(meta.payload_digest));
  if (!meta.refers_to_url.empty()) keys.push_back(visit_key(meta.refers_to_url, meta.refers_to_date));
  for (const std::string& key : keys) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) continue;
    const Original& original = originals_[found->second];
    const bool both = !meta.payload_digest.empty() && !original.payload_digest.empty();
    if (!both || digest_key(meta.payload_digest) == digest_key(original.payload_digest)) return &original;
  }
  return nullptr;
}

/// What a chain leads to, unless it is far inside of one long compressed stream: going back there costs a pass for
/// each.
Result<std::optional<std::string>> ArchiveIndex::bytes_of(const ByteSource& capture,
                                                          const std::vector<ChainStep>& chain, Intake& intake) {
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    if (chain[i].decoder != "none" && !InflatedSource::is_held(chain[i + 1].range.end)) {
      return std::optional<std::string>();
    }
  }
  auto bytes = chain_bytes(capture, chain, intake.limits());
  if (!bytes && intake.owns(bytes.error())) return std::optional<std::string>();
  if (!bytes) return std::unexpected(bytes.error());
  GAVAH_TRY(intake.spend_inflated(bytes->size()));
  return std::optional(std::move(*bytes));
}

Result<bool> ArchiveIndex::resolve(const ByteSource& capture, const Revisit& revisit, Intake& intake) {
  const Original* original = original_of(revisit.meta);
  if (original == nullptr) return false;
  GAVAH_ASSIGN(const auto bytes, bytes_of(capture, original->part.chain, intake));
  if (!bytes) return false;
  Part part = original->part;
  part.url = revisit.meta.url;
  part.path = revisit.meta.path;
  part.captured = revisit.meta.captured;
  part.hints["revisit_of"] = original->part.path;
  part.hints.erase("requested_url");
  part.hints.erase("redirects");
  if (revisit.status != 0) part.hints["http_status"] = std::to_string(revisit.status);
  GAVAH_TRY(intake.take(std::move(part), *bytes));
  return true;
}

namespace {

/// Whether a page or a text may be meant: by its type, or by the ending of its name where none is stated (as of most
/// answers that a server had not modified it).
bool may_be_read(std::string_view media_type, std::string_view url) {
  constexpr std::array<std::string_view, 4> kRead{"text/html", "application/xhtml+xml", "text/plain",
                                                  "application/pdf"};
  constexpr std::array<std::string_view, 8> kParts{".css", ".js", ".mjs", ".json", ".woff", ".woff2", ".svg", ".ico"};
  if (!media_type.empty()) return std::ranges::find(kRead, media_type) != kRead.end();
  const std::string name = ascii_lower(url.substr(0, url.find_first_of("?#")));
  return !MediaNames::is_media(name) &&
         std::ranges::none_of(kParts, [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace

Result<void> ArchiveIndex::take_reference(const ByteSource& capture, const Revisit& revisit, Intake& intake) {
  if (!may_be_read(revisit.media_type, revisit.meta.url)) return {};
  GAVAH_ASSIGN(const auto bytes, bytes_of(capture, revisit.chain, intake));
  if (!bytes) return {};
  const RecordMeta& meta = revisit.meta;
  Part part;
  part.chain = revisit.chain;
  part.format = "revisit";
  part.url = meta.url;
  part.path = meta.path;
  part.captured = meta.captured;
  constexpr std::size_t kStatedBytes = 4096;
  const auto state = [&](const char* name, std::string value) {
    if (!value.empty() && value.size() <= kStatedBytes) part.hints[name] = std::move(value);
  };
  state("payload_digest", plain_digest(meta.payload_digest));
  state("refers_to", meta.refers_to);
  state("refers_to_url", meta.refers_to_url);
  state("refers_to_date", meta.refers_to_date);
  if (revisit.status != 0) part.hints["http_status"] = std::to_string(revisit.status);
  return intake.take(std::move(part), *bytes);
}

Result<void> ArchiveIndex::settle(const ByteSource& capture, Intake& intake) {
  std::uint64_t missing = 0;
  for (const Revisit& revisit : revisits_) {
    GAVAH_ASSIGN(const bool is_here, resolve(capture, revisit, intake));
    if (is_here) continue;
    ++missing;
    const RecordMeta& meta = revisit.meta;
    const std::string what = !meta.refers_to_url.empty() ? format("{} of {}", meta.refers_to_url, meta.refers_to_date)
                             : !meta.refers_to.empty()   ? meta.refers_to
                                                         : meta.payload_digest;
    intake.add_flaw("revisit", meta.path,
                    format("{} is as it was before: it refers to {}, which was not found here", meta.url, what));
    GAVAH_TRY(take_reference(capture, revisit, intake));
  }
  if (missing > 0) {
    intake.pass_over("revisit record (its content is elsewhere)", missing);
    intake.set_hint("incomplete", format("{} of {} documents are revisits whose content lies in other captures",
                                         missing, originals_.size() + revisits_.size()));
  }
  tell_missing_pages(intake);
  if (forgotten_ > 0) {
    intake.add_flaw("capture", {},
                    format("it has more records than are remembered ({}): {} redirects, documents or "
                           "revisits are not told as such",
                           kMaxRemembered, forgotten_));
  }
  return {};
}

}  // namespace gavah::capture
