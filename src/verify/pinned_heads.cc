#include "verify/pinned_heads.h"

#include "base/format.h"

namespace gavah::verify {

void compare_pinned_heads(const Pin& pin, std::uint64_t size, const RootAt& root_at, Findings& findings) {
  constexpr const char* kFile = "checkpoint";
  for (const Pin::Head& head : pin.heads) {
    if (head.size > size) {
      findings.add(Check::head, kFile,
                   format("the reader remembers this log with {} leaves; here it has {}", head.size, size));
      continue;
    }
    const auto root = root_at(head.size);
    if (findings.expect(root, Check::head, kFile) && *root != head.root) {
      findings.add(Check::head, kFile,
                   format("the reader remembers another root at size {}: two histories were signed", head.size));
    }
  }
}

}  // namespace gavah::verify
