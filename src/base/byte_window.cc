#include "base/byte_window.h"

#include <algorithm>

#include "base/check.h"

namespace gavah {

Result<void> ByteWindow::append(std::uint64_t count) {
  const std::uint64_t taken = std::min(count, end_ - next_);
  GAVAH_ASSIGN(std::string bytes, source_->read({next_, next_ + taken}));
  next_ += taken;
  if (view().empty()) {
    buffer_ = std::move(bytes);
    consumed_ = 0;
    return {};
  }
  // Moved down only when the dead front outweighs what lives, so that each byte moves a bounded number of times.
  if (consumed_ > buffer_.size() / 2) {
    buffer_.erase(0, consumed_);
    consumed_ = 0;
  }
  buffer_.append(bytes);
  return {};
}

Result<bool> ByteWindow::grow() {
  if (is_last()) return false;
  // Doubling keeps a value of n bytes at O(n) copies.
  GAVAH_TRY(append(std::max<std::uint64_t>(kStepBytes, view().size())));
  return true;
}

Result<bool> ByteWindow::grow_to(std::uint64_t count) {
  if (view().size() < count && !is_last()) {
    const std::uint64_t missing = count - view().size();
    GAVAH_TRY(append(std::max<std::uint64_t>(kStepBytes, missing)));
  }
  return view().size() >= count;
}

void ByteWindow::consume(std::uint64_t count) {
  const std::size_t buffered = view().size();
  if (count < buffered) {
    consumed_ += static_cast<std::size_t>(count);
    return;
  }
  GAVAH_CHECK(count - buffered <= end_ - next_);
  next_ += count - buffered;
  buffer_.clear();
  memory_ = {};
  consumed_ = 0;
}

}  // namespace gavah
