#include "verify/edition_folder.h"

#include <algorithm>
#include <future>
#include <vector>

#include "base/format.h"

namespace gavah::verify {
namespace {

constexpr std::uint64_t kBlockBytes = 4ULL << 20U;    // a thousand records: enough to share among threads
constexpr std::size_t kMaxLineBytes = 256ULL << 20U;  // an entry with a million pieces of evidence stays below

/// Reads one file in blocks and hashes it on the way.
class StampedFile {
 public:
  StampedFile(const EditionFolder& folder, const proof::FileStamp& stamp) : stamp_(stamp) {
    auto source = folder.open(stamp.path);
    if (source) {
      source_ = *std::move(source);
    } else if (source.error().code != ErrorCode::not_found) {
      failure_ = source.error().sentence();
    }
  }

  /// Empty at the end, or when the disk fails, which finish() reports.
  std::string next() {
    if (source_ == nullptr || failure_) return {};
    const std::uint64_t end = std::min(source_->size(), at_ + kBlockBytes);
    if (end == at_) return {};
    auto bytes = source_->read({at_, end});
    if (!bytes) {
      failure_ = bytes.error().sentence();
      return {};
    }
    hash_.update(*bytes);
    at_ = end;
    return *std::move(bytes);
  }
  void finish(Findings& findings) {
    if (failure_) return findings.add(Check::file, stamp_.path, *failure_);
    if (source_ == nullptr) return;
    if (at_ != stamp_.size_bytes) {
      findings.add(Check::file, stamp_.path, format("has {} bytes, not {}", at_, stamp_.size_bytes));
    } else if (hash_.finish() != stamp_.sha256) {
      findings.add(Check::file, stamp_.path, "its SHA-256 is not that in the manifest");
    }
  }

 private:
  const proof::FileStamp& stamp_;
  std::unique_ptr<ByteSource> source_;
  std::uint64_t at_ = 0;
  Sha256 hash_;
  std::optional<std::string> failure_;
};

/// Splits off the whole lines of `bytes`; gives where the rest begins.
std::size_t split(std::string_view bytes, std::vector<std::string_view>& lines) {
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = bytes.find('\n', begin)) != std::string_view::npos; begin = end + 1) {
    lines.push_back(bytes.substr(begin, end - begin));
  }
  return begin;
}

}  // namespace

void EditionFolder::read_blocks(const proof::FileStamp& stamp, Findings& findings,
                                const std::function<void(std::string_view)>& take) const {
  StampedFile file(*this, stamp);
  for (std::string block = file.next(); !block.empty(); block = file.next()) take(block);
  file.finish(findings);
}

std::string EditionFolder::read_stamped(const proof::FileStamp& stamp, Findings& findings) const {
  std::string out;
  read_blocks(stamp, findings, [&](std::string_view block) { out.append(block); });
  return out;
}

void EditionFolder::read_lines(const proof::FileStamp& stamp, Check check, std::size_t threads, Findings& findings,
                               const std::function<void(std::span<const std::string_view>)>& take) const {
  StampedFile file(*this, stamp);
  const auto policy = threads == 1 ? std::launch::deferred : std::launch::async;
  const auto read_next = [&file, policy] { return std::async(policy, [&file] { return file.next(); }); };
  std::string rest;
  std::vector<std::string_view> lines;
  auto next = read_next();
  for (std::string block = next.get(); !block.empty(); block = next.get()) {
    next = read_next();
    rest.append(block);
    lines.clear();
    const std::size_t end = split(rest, lines);
    if (!lines.empty()) take(lines);
    rest.erase(0, end);
    if (rest.size() > kMaxLineBytes) {
      findings.add(check, stamp.path, "has a line that is longer than any can be");
      break;
    }
  }
  if (next.valid()) next.wait();
  if (!rest.empty()) {
    findings.add(check, stamp.path, "its last line is cut");
    lines.assign(1, rest);
    take(lines);
  }
  file.finish(findings);
}

}  // namespace gavah::verify
