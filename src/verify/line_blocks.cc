#include "verify/line_blocks.h"

#include <utility>

#include "base/format.h"

namespace gavah::verify {
namespace {

constexpr std::uint64_t kBlockBytes = 1ULL << 20U;    // some hundred records: enough to share among threads
constexpr std::size_t kMaxLineBytes = 256ULL << 20U;  // an entry with a million pieces of evidence stays below

std::vector<std::string_view> split(std::string_view bytes) {
  std::vector<std::string_view> lines;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    lines.push_back(bytes.substr(0, end));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  }
  return lines;
}

}  // namespace

LineBlocks::LineBlocks(Disk& disk, const std::string& directory, const proof::FileStamp& stamp)
    : stamp_(stamp),
      file_(disk, directory, stamp),
      count_(static_cast<std::size_t>((file_.rest_bytes() + kBlockBytes - 1) / kBlockBytes)) {}

std::vector<std::string_view> LineBlocks::read(std::size_t number, std::string& bytes) {
  {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return next_ == number; });
    bytes = std::move(rest_);
    rest_.clear();
    const std::size_t searched = bytes.size();  // what is left of a line has no end in it
    if (!is_too_long_) bytes.append(file_.next(kBlockBytes));
    const std::size_t last = std::string_view(bytes).substr(searched).rfind('\n');
    const std::size_t whole = last == std::string_view::npos ? 0 : searched + last + 1;
    const bool is_end = number + 1 == count_;
    is_cut_ = is_cut_ || (is_end && whole < bytes.size());
    is_too_long_ = is_too_long_ || bytes.size() - whole > kMaxLineBytes;
    if (!is_end && whole == 0) {
      std::swap(rest_, bytes);  // a line of many blocks is not copied in each
    } else if (!is_end) {
      rest_ = bytes.substr(whole);
      bytes.resize(whole);
    }
    ++next_;
    turn_.notify_all();
  }
  return split(bytes);
}

void LineBlocks::finish(Check check, Findings& findings) {
  if (is_too_long_) findings.add(check, stamp_.path, "has a line that is longer than any can be");
  if (is_cut_) findings.add(check, stamp_.path, "its last line is cut");
  file_.finish(findings);
}

}  // namespace gavah::verify
