// Zip archives: WACZ, and folders that someone zipped.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/disk.h"
#include "base/format.h"
#include "capture/archive_index.h"
#include "capture/capture.h"
#include "capture/inflate_whole.h"
#include "capture/inflated_source.h"
#include "capture/intake.h"
#include "capture/media_names.h"
#include "capture/media_proof.h"
#include "capture/pass_over.h"
#include "capture/wacz.h"
#include "capture/wacz_signature.h"
#include "capture/workbook.h"
#include "capture/x_archive.h"
#include "capture/zip_directory.h"

namespace gavah::capture {
namespace {

constexpr std::uint64_t kStepBytes = kMebibyte;
constexpr std::uint64_t kMaxListBytes = 32 * kMebibyte;  // of an index or list of pages: 100,000 pages have about 20
constexpr std::size_t kMaxIndexLines = 100'000;          // each costs a look into the archive

/// An entry's decoded bytes and the steps to them.
struct OpenEntry {
  std::unique_ptr<ByteSource> bytes;
  std::vector<ChainStep> chain;
  Access access = Access::anywhere;
};

template <class Take>
void for_lines(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// gzip members one after another, as far as they are whole.
std::string inflate_members(std::string_view bytes, std::uint64_t max_bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto member = inflate_whole(bytes, Deflated::gzip, max_bytes - out.size());
    if (!member) break;
    out += member->bytes;
    bytes.remove_prefix(static_cast<std::size_t>(member->compressed_bytes));
  }
  return out;
}

/// Both kinds of zip read their members one after another; WACZ knows which of them matter.
class ZipReader {
 public:
  ZipReader(const Document& document, Intake& intake) : document_(document), intake_(intake) {}

  Result<void> read() {
    if (document_.access == Access::forward) {
      return fail(ErrorCode::invalid_input, format("a ZIP archive inside compressed data may have {} bytes inflated",
                                                   InflatedSource::kHeldBytes));
    }
    GAVAH_ASSIGN(entries_, read_zip_directory(document_.bytes, intake_.limits().max_members));
    for (const ZipEntry& entry : entries_) names_.insert(entry.name);
    if (std::ranges::any_of(entries_, [](const ZipEntry& entry) { return is_workbook_member(entry.name); })) {
      return read_workbook(document_, entries_, intake_);
    }
    if (has("[Content_Types].xml"))
      return fail(ErrorCode::invalid_input, "an Office document; this version does not read it");
    if (has("META-INF/MANIFEST.MF") || has("META-INF/container.xml")) {
      return fail(ErrorCode::invalid_input, "a program or an e-book; this version does not read it");
    }
    is_wacz_ = std::ranges::any_of(entries_, [](const ZipEntry& entry) { return is_wacz_member(entry.name); });
    intake_.set_format(document_, is_wacz_ ? "wacz" : "zip");
    if (is_wacz_) GAVAH_TRY(settle(read_package(), {.name = "datapackage.json"}));
    GAVAH_TRY(find_account());
    GAVAH_TRY(read_proofs());
    GAVAH_ASSIGN(const std::uint64_t documents, read_entries());
    for (const std::string& hash : proofs_.missing()) {
      intake_.add_flaw("proof", inner_path(document_.path, hash), "the file that it is about is not in the package");
    }
    if (documents > 0) return {};
    return fail(ErrorCode::invalid_input, is_wacz_ ? "a WACZ without web archives" : "a ZIP archive without files");
  }

 private:
  /// Words first, then the pictures, films and sounds: by then it is known which of them a post names.
  Result<std::uint64_t> read_entries() {
    std::uint64_t documents = 0;
    for (const ZipEntry& entry : entries_) {
      if (is_media(entry)) media_names_.add(entry.name);
    }
    MediaNames* const around = intake_.looked_for();
    if (!media_names_.empty()) intake_.look_for(&media_names_);
    for (const bool of_media : {false, true}) {
      for (const ZipEntry& entry : entries_) {
        if (entry.is_directory() || is_media(entry) != of_media) continue;
        if (wants(entry.name)) ++documents;
        auto done = settle(read_unless_passed_over(entry), entry);
        if (!done) intake_.look_for(around);
        GAVAH_TRY(std::move(done));
      }
    }
    intake_.look_for(around);
    return documents;
  }

  Result<void> read_unless_passed_over(const ZipEntry& entry) {
    if (wants(entry.name)) {
      GAVAH_ASSIGN(const bool passed, is_passed_over("member", entry.name, document_, intake_));
      if (passed) return {};
    }
    return read_entry(entry);
  }

  bool is_media(const ZipEntry& entry) const {
    return !is_wacz_ && !entry.is_directory() && wants(entry.name) && MediaNames::is_media(entry.name);
  }

  /// What a media file is known by: the part that names it, or that none does.
  std::map<std::string, std::string> hints_of(const ZipEntry& entry) const {
    auto hints = hints_;
    if (!is_media(entry)) return hints;
    const auto part = media_names_.named_by(entry.name);
    hints[part ? "post" : "alone"] = part ? std::to_string(*part) : "1";
    return hints;
  }

  bool has(std::string_view name) const { return names_.contains(name); }

  bool wants(std::string_view name) const {
    if (is_wacz_) return is_wacz_document(name);
    if (x_archive_root_ && !is_x_document(name.substr(std::min(name.size(), x_archive_root_->size())))) return false;
    if (has_proofs_ && MediaProofs::is_beside(name)) return false;
    return !name.starts_with("__MACOSX/") && base_name(name) != ".DS_Store" && base_name(name) != "Thumbs.db";
  }

  /// Of an X archive: what the account posted and its pictures, but not the program that shows them offline.
  static bool is_x_document(std::string_view name) {
    return name.starts_with("data/") && name != "data/manifest.js" && name != "data/README.txt";
  }

  /// An X archive says in a file of its own whose it is.
  Result<void> find_account() {
    constexpr std::string_view kAccount = "data/account.js";
    const auto found = std::ranges::find_if(entries_, [&](const ZipEntry& entry) {
      return entry.name == kAccount || entry.name.ends_with("/data/account.js");
    });
    if (found == entries_.end() || is_wacz_) return {};
    x_archive_root_ = found->name.substr(0, found->name.size() - kAccount.size());
    const auto entry = open(*found);
    if (!entry && !intake_.owns(entry.error())) return std::unexpected(entry.error());
    if (!entry) return {};  // told when its turn comes
    const std::uint64_t size = std::min<std::uint64_t>(entry->bytes->size(), kMebibyte);
    GAVAH_ASSIGN(const std::string text, entry->bytes->read({0, size}));
    hints_ = read_x_account(text);
    return {};
  }

  /// A package of ProofMode: its proofs are read before the files that they are about.
  Result<void> read_proofs() {
    if (is_wacz_) return {};
    for (const ZipEntry& entry : entries_) {
      if (!MediaProofs::is_proof(entry.name)) continue;
      has_proofs_ = true;
      const auto opened = open(entry);
      if (!opened && !intake_.owns(opened.error())) return std::unexpected(opened.error());
      if (!opened) continue;  // told when its turn comes
      const std::uint64_t size = std::min<std::uint64_t>(opened->bytes->size(), kMebibyte);
      GAVAH_ASSIGN(const std::string text, opened->bytes->read({0, size}));
      proofs_.note(entry.name, text);
    }
    for (const ZipEntry& entry : entries_) proofs_.note_signature(entry.name);
    return {};
  }

  std::string where(const ZipEntry& entry) const { return inner_path(document_.path, entry.name); }

  /// An error about one member's bytes is a problem; another ends the reading.
  Result<void> settle(Result<void> done, const ZipEntry& entry) {
    if (done || !intake_.owns(done.error()) || intake_.inflated_left() == 0) return done;
    intake_.add_problem("member", where(entry), done.error().sentence());
    return {};
  }

  /// A member of the package that describes it, whole.
  Result<std::string> text_of(const ZipEntry& entry) {
    GAVAH_ASSIGN(const OpenEntry opened, open(entry));
    if (opened.bytes->size() > kMaxListBytes) {
      return fail(ErrorCode::invalid_input, format("it has more than {} bytes", kMaxListBytes));
    }
    return opened.bytes->read({0, opened.bytes->size()});
  }

  void tell_signature(std::string_view sentence) {
    const std::string whose = document_.path.empty() ? std::string() : format("{}: ", document_.path);
    intake_.add_hint("wacz_signature", whose + std::string(sentence));
  }

  Result<void> judge_signature(std::string_view package) {
    const auto found = std::ranges::find(entries_, "datapackage-digest.json", &ZipEntry::name);
    if (found == entries_.end()) {
      tell_signature("not signed, and without a digest of its package");
      return {};
    }
    GAVAH_ASSIGN(const std::string text, text_of(*found));
    const WaczVerdict verdict = judge_wacz_signature(text, package);
    if (verdict.kind == WaczVerdict::Kind::failed) intake_.add_flaw("WACZ signature", where(*found), verdict.sentence);
    tell_signature(verdict.sentence);
    return {};
  }

  /// Which pages a person opened, with their titles. The text that some lists repeat is left in the capture.
  Result<void> read_pages() {
    for (const ZipEntry& entry : entries_) {
      if (!entry.name.starts_with("pages/") || !entry.name.ends_with(".jsonl")) continue;
      const auto text = text_of(entry);
      if (!text && !intake_.owns(text.error())) return std::unexpected(text.error());
      if (!text) continue;  // told when its turn comes
      for_lines(*text, [&](std::string_view line) {
        if (const auto page = parse_wacz_page(line)) intake_.archive_index().note_page(*page);
      });
    }
    return {};
  }

  /// Whether an index points to where records begin.
  Result<void> check_index(const ZipEntry& entry) {
    GAVAH_ASSIGN(const std::string bytes, text_of(entry));
    const std::string text = entry.name.ends_with(".gz") ? inflate_members(bytes, kMaxListBytes) : bytes;
    std::vector<WaczIndexEntry> lines;
    for_lines(text, [&](std::string_view line) {
      const auto parsed = lines.size() < kMaxIndexLines ? parse_wacz_index_line(line) : std::nullopt;
      if (parsed) lines.push_back(*parsed);
    });
    std::uint64_t wrong = 0;
    for (const WaczIndexEntry& line : lines) {
      GAVAH_ASSIGN(const bool is_right, points_to_record(line));
      if (!is_right) ++wrong;
    }
    if (wrong == 0) return {};
    intake_.add_flaw("index", where(entry),
                     format("{} of {} lines point to where no record begins", wrong, lines.size()));
    return {};
  }

  Result<bool> points_to_record(const WaczIndexEntry& line) {
    const auto file = std::ranges::find_if(entries_, [&](const ZipEntry& entry) {
      return entry.name == "archive/" + line.file || entry.name == line.file;
    });
    if (file == entries_.end()) return false;
    if (file->method != 0) return true;  // its bytes are compressed once more: told where it is read
    GAVAH_ASSIGN(const ByteRange data, zip_entry_data(document_.bytes, *file));
    if (line.offset > data.size() || line.size_bytes > data.size() - line.offset || line.size_bytes < 5) return false;
    GAVAH_ASSIGN(const std::string begin,
                 document_.bytes.read({data.begin + line.offset, data.begin + line.offset + 5}));
    return begin.starts_with("\x1f\x8b") || begin == "WARC/";
  }

  Result<void> read_package() {
    const auto found = std::ranges::find(entries_, "datapackage.json", &ZipEntry::name);
    if (found == entries_.end()) {
      intake_.add_flaw("WACZ", document_.path, "it has no datapackage.json: nothing says what belongs to it");
      return {};
    }
    GAVAH_ASSIGN(const std::string text, text_of(*found));
    GAVAH_TRY(settle(judge_signature(text), *found));
    auto resources = parse_wacz_package(text);
    if (!resources) {
      intake_.add_flaw("WACZ", where(*found), resources.error().sentence());
      return {};
    }
    for (const WaczResource& resource : *resources) {
      if (!has(resource.path))
        intake_.add_flaw("WACZ", inner_path(document_.path, resource.path),
                         "it is missing, though the package lists it");
      std::string path = resource.path;
      resources_.try_emplace(std::move(path), std::move(resource));
    }
    return read_pages();
  }

  Result<OpenEntry> open(const ZipEntry& entry) {
    if (entry.is_encrypted()) return fail(ErrorCode::invalid_input, "it is encrypted");
    GAVAH_ASSIGN(const ByteRange data, zip_entry_data(document_.bytes, entry));
    if (entry.method == 0) {
      return OpenEntry{std::make_unique<RangeSource>(document_.bytes, data), chain_to(document_, data, "none"),
                       document_.access};
    }
    if (entry.method != 8)
      return fail(ErrorCode::invalid_input, format("its compression method {} is not known", entry.method));
    GAVAH_ASSIGN(const StreamMeasure measure,
                 measure_stream(document_.bytes, data, Deflated::raw, intake_.inflated_left()));
    GAVAH_TRY(intake_.spend_inflated(measure.size_bytes));
    if (measure.end != InflateStream::End::whole) {
      intake_.add_flaw("member", where(entry), "its compressed data is cut or damaged: read up to there");
    }
    return OpenEntry{std::make_unique<InflatedSource>(document_.bytes, data, Deflated::raw, measure.size_bytes),
                     chain_to(document_, data, "zip"),
                     InflatedSource::is_held(measure.size_bytes) ? Access::anywhere : Access::forward};
  }

  /// Compares an entry with its checksum, and with the package where that lists it.
  Result<void> check(const ZipEntry& entry, const ByteSource& bytes) {
    const auto resource = resources_.find(entry.name);
    const bool has_digest = resource != resources_.end() && resource->second.digest.has_value();
    Sha256 hash;
    std::uint32_t crc = 0;
    for (std::uint64_t at = 0; at < bytes.size(); at += kStepBytes) {
      GAVAH_ASSIGN(const std::string piece, bytes.read({at, std::min(bytes.size(), at + kStepBytes)}));
      if (has_digest) hash.update(piece);
      crc = crc32_of(crc, piece);
    }
    if (crc != entry.crc32) intake_.add_flaw("member", where(entry), "its checksum (CRC-32) is not that of its bytes");
    if (resource == resources_.end()) return {};
    if (resource->second.size_bytes && *resource->second.size_bytes != bytes.size()) {
      intake_.add_flaw("member", where(entry), "its size is not what the package states");
    }
    if (has_digest && hash.finish() != *resource->second.digest) {
      intake_.add_flaw("member", where(entry), "its SHA-256 is not what the package states");
    }
    return {};
  }

  void pass_over() {
    intake_.pass_over(is_wacz_          ? "index, page list or log of the WACZ"
                      : has_proofs_     ? "proof, signature or key of ProofMode"
                      : x_archive_root_ ? "file of the program that shows an X archive"
                                        : "file of the system");
  }

  Result<void> read_entry(const ZipEntry& entry) {
    const bool listed = resources_.contains(entry.name);
    if (!wants(entry.name)) pass_over();
    if (!wants(entry.name) && !listed) return {};
    GAVAH_ASSIGN(const OpenEntry opened, open(entry));
    GAVAH_TRY(check(entry, *opened.bytes));
    const bool is_index = is_wacz_ && entry.name.starts_with("indexes/");
    if (is_index && entry.name.find(".cdx") != std::string::npos) GAVAH_TRY(check_index(entry));
    if (!wants(entry.name)) return {};
    if (has_proofs_) return read_proven(entry, opened);
    if (is_wacz_ && entry.method != 0) {
      intake_.add_flaw("member", where(entry),
                       "it is packed inside the package, where it should be stored: read all the same");
    }
    return read_document({*opened.bytes, opened.chain, where(entry), std::string(base_name(entry.name)),
                          document_.nesting + 1, opened.access, hints_of(entry)},
                         intake_);
  }

  Result<void> read_proven(const ZipEntry& entry, const OpenEntry& opened) {
    Sha256 hash;
    for (std::uint64_t at = 0; at < opened.bytes->size(); at += kStepBytes) {
      GAVAH_ASSIGN(const std::string piece, opened.bytes->read({at, std::min(opened.bytes->size(), at + kStepBytes)}));
      hash.update(piece);
    }
    const Digest digest = hash.finish();
    auto hints = proofs_.hints_of(digest);
    if (hints.empty()) intake_.add_flaw("member", where(entry), "no proof in the package is about these bytes");
    hints.merge(hints_of(entry));
    return read_document({*opened.bytes, opened.chain, where(entry), std::string(base_name(entry.name)),
                          document_.nesting + 1, opened.access, hints, proofs_.made(digest)},
                         intake_);
  }

  const Document& document_;
  Intake& intake_;
  std::vector<ZipEntry> entries_;
  std::map<std::string, WaczResource> resources_;  // by path
  std::set<std::string_view> names_;               // of entries_
  bool is_wacz_ = false;
  bool has_proofs_ = false;
  MediaProofs proofs_;
  MediaNames media_names_;
  std::optional<std::string> x_archive_root_;  // set: an X archive, in this folder
  std::map<std::string, std::string> hints_;   // for the documents in it
};

}  // namespace

Result<void> read_zip(const Document& document, Intake& intake) { return ZipReader(document, intake).read(); }

}  // namespace gavah::capture
