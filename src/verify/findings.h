#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "proof/proof.h"
#include "verify/verdict.h"

namespace gavah::verify {

/// Collects what the checks find. One thread; parallel checks collect apart and are taken over in order, so that the
/// verdict does not depend on threads.
class Findings {
 public:
  void add(Check check, std::string file, std::optional<proof::LeafIndex> leaf, std::string message);
  void add(Check check, std::string file, std::string message) { add(check, std::move(file), {}, std::move(message)); }
  /// Adds the error of a result, if it has one; true when it had none.
  template <class T>
  bool expect(const Result<T>& result, Check check, const std::string& file,
              std::optional<proof::LeafIndex> leaf = {}) {
    if (result) return true;
    add(check, file, leaf, result.error().sentence());
    return false;
  }
  void checked(std::string what, std::uint64_t count) { verdict_.checked.push_back({std::move(what), count}); }
  void withheld(std::string what, std::uint64_t count) {
    if (count > 0) verdict_.withheld.push_back({std::move(what), count});
  }
  void unchecked(std::string sentence) { verdict_.unchecked.push_back(std::move(sentence)); }
  /// Proofs of time, ascending by size and time.
  void there_by(std::vector<NotAfter> proofs) { verdict_.not_after = std::move(proofs); }
  /// Appends all that `other` holds.
  void take_over(Findings&& other);
  /// What is told beside failures: witnesses, times, forks.
  Verdict& told() { return verdict_; }
  std::uint64_t failure_count() const { return verdict_.failure_count; }
  Verdict finish(Outcome when_good) &&;

 private:
  Verdict verdict_;
};

/// Calls `work(i, findings)` for each i, on up to `threads` threads, and takes the findings over in order.
void for_each_parallel(std::size_t count, std::size_t threads, Findings& findings,
                       const std::function<void(std::size_t, Findings&)>& work);

}  // namespace gavah::verify
