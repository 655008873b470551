#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/disk.h"
#include "proof/proof.h"
#include "verify/pin.h"
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
  void take_over(Findings&& other);
  std::uint64_t failure_count() const { return verdict_.failure_count; }
  Verdict finish(Outcome when_good) &&;

 private:
  Verdict verdict_;
};

/// An edition as it is read, check after check; what a failed check leaves empty, later checks pass over.
struct EditionState {
  proof::Manifest manifest;
  std::map<std::string, proof::FileStamp> stamps;  ///< every file that the manifest vouches for, by path
  std::map<std::string, std::string> files;        ///< bytes by path, those of log/tile and of the manifest left out
  std::vector<std::string> tiles;                  ///< paths below log/ of tiles
  std::map<std::string, std::string> tile_bytes;
  std::vector<proof::Leaf> leaves;
  proof::HashTree tree;
  proof::Register entries;
  // Lines of records.jsonl that hold, ascending: those of events, which totals count, and all others.
  std::vector<proof::OpenedEntry> events;
  std::vector<proof::OpenedEntry> others;
  std::unordered_map<proof::LeafIndex, const proof::OpenedEntry*> opened_at;  ///< by leaf, into the two
  std::vector<proof::RuleInForce> rules;                                      ///< those whose file and leaf hold

  std::string_view file(const std::string& path) const;
  /// Null when nothing is opened of that leaf.
  const proof::OpenedEntry* opened_leaf(proof::LeafIndex leaf) const;
};

/// Lines without their newline. The last must end with one; false when it does not.
bool split_lines(std::string_view text, std::vector<std::string_view>& lines);

/// Calls `work(i, findings)` for each i, on up to `threads` threads, and takes the findings over in order.
void for_each_parallel(std::size_t count, std::size_t threads, Findings& findings,
                       const std::function<void(std::size_t, Findings&)>& work);

// The checks, in the order in which verify_edition() makes them.
/// Signature, form, every file's size and hash, nothing missing, nothing more.
bool check_files(Disk& disk, const std::string& directory, const Pin& pin, std::size_t threads, EditionState& edition,
                 Findings& findings);
void check_log(const Pin& pin, std::size_t threads, EditionState& edition, Findings& findings);
void check_records(const std::string& origin, std::size_t threads, EditionState& edition, Findings& findings);
void check_evidence(std::size_t threads, const EditionState& edition, Findings& findings);
void check_dispositions(std::size_t threads, const EditionState& edition, Findings& findings);
void check_totals(std::size_t threads, EditionState& edition, Findings& findings);
/// `previous` is empty when the reader does not have it.
void check_changes(Disk& disk, const std::optional<std::string>& previous, const Pin& pin, const EditionState& edition,
                   Findings& findings);

}  // namespace gavah::verify
