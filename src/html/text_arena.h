#pragma once

#include <memory>
#include <string_view>
#include <vector>

namespace gavah::html {

/// Bytes that stay where they are until the arena goes; moving the arena does not move them. One thread.
class TextArena {
 public:
  /// Room for `size` bytes, to be filled by the caller.
  char* take(std::size_t size) {
    if (size > kBlockBytes / 4) return blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get();
    if (left_ < size) {
      next_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(kBlockBytes)).get();
      left_ = kBlockBytes;
    }
    char* out = next_;
    next_ += size;
    left_ -= size;
    return out;
  }
  std::string_view keep(std::string_view text) {
    char* out = take(text.size());
    text.copy(out, text.size());
    return {out, text.size()};
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{8} << 10U;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace gavah::html
