#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace gavah {

/// Bytes with what keeps them alive: a string, a mapped file, nothing for those of the program itself. Copies share
/// them. Any thread.
struct SharedBytes {
  std::shared_ptr<const void> owner;
  std::string_view bytes;

  static SharedBytes of(std::string text) {
    const auto kept = std::make_shared<const std::string>(std::move(text));
    return {kept, *kept};
  }
};

}  // namespace gavah
