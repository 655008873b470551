#include <algorithm>
#include <array>
#include <vector>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

constexpr std::size_t kMaxDepth = 32;          // directories; an edition has five levels
constexpr std::size_t kMaxFiles = 10'000'000;  // entries; a list longer than memory is no edition
constexpr std::string_view kManifest = "edition.json";
constexpr std::string_view kList = "files.jsonl";
constexpr std::array<std::string_view, 9> kRequired{"changes.jsonl",      "checkpoint",     "claims.jsonl",
                                                    "dispositions.jsonl", "log/checkpoint", "parts.jsonl",
                                                    "policy.json",        "records.jsonl",  "totals.json"};
constexpr std::string_view kCosigned = "cosigned";  // comes later and from others: no manifest can list it

/// Every file below the directory, as paths relative to it.
Result<void> list_files(Disk& disk, const std::string& root, const std::string& below, std::size_t depth,
                        std::vector<std::string>& out) {
  if (depth > kMaxDepth || out.size() > kMaxFiles) return fail(ErrorCode::invalid_input, "too deep or too many files");
  GAVAH_ASSIGN(const auto entries, disk.list(below.empty() ? root : join_path(root, below)));
  for (const DirectoryEntry& entry : entries) {
    std::string path = below.empty() ? entry.name : join_path(below, entry.name);
    if (entry.kind == EntryKind::directory) {
      GAVAH_TRY(list_files(disk, root, path, depth + 1, out));
    } else {
      out.push_back(std::move(path));
    }
  }
  return {};
}

/// The manifest in a note that a pinned release key signed. Without a right signature what it says is looked at no
/// further.
bool open_manifest(std::string_view bytes, const Pin& pin, EditionState& edition, Findings& findings) {
  const std::string file(kManifest);
  const auto opened = proof::open_note(bytes, pin.release_keys);
  if (!findings.expect(opened, Check::manifest, file)) return false;
  auto manifest = proof::Manifest::parse(opened->text);
  if (!findings.expect(manifest, Check::manifest, file)) return false;
  edition.manifest = *std::move(manifest);
  if (edition.manifest.origin != pin.origin) findings.add(Check::manifest, file, "it is of another log than the pin's");
  return true;
}

/// Which of the two lists a stamp stands in.
enum class Listed { at_top, below };

bool add_stamp(const proof::FileStamp& stamp, const std::string& listed_in, Listed where, EditionState& edition,
               Findings& findings) {
  const bool is_top = stamp.path.find('/') == std::string::npos;
  if (is_top != (where == Listed::at_top) || stamp.path == kManifest || stamp.path == kCosigned) {
    findings.add(Check::manifest, listed_in, format("{} does not belong in this list", stamp.path));
    return false;
  }
  const std::size_t before = edition.stamps.size();
  edition.stamps.emplace_hint(edition.stamps.end(), stamp.path, stamp);  // the lists are ascending
  if (edition.stamps.size() == before) {
    findings.add(Check::manifest, listed_in, format("{} is listed twice", stamp.path));
    return false;
  }
  return true;
}

void read_list(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings) {
  const std::string file(kList);
  const auto stamp = edition.stamps.find(file);
  if (stamp == edition.stamps.end())
    return findings.add(Check::manifest, std::string(kManifest), "lists no files.jsonl");
  std::string last;
  folder.read_lines<Result<proof::FileStamp>>(
      stamp->second, Check::file, threads, findings,
      [](std::string_view line, Findings&) { return proof::file_stamp_from(line); },
      [&](std::vector<Result<proof::FileStamp>>&& lines) {
        for (const auto& listed : lines) {
          if (!findings.expect(listed, Check::file, file)) continue;
          if (listed->path <= last) findings.add(Check::manifest, file, "the files are not ascending by path");
          last = listed->path;
          add_stamp(*listed, file, Listed::below, edition, findings);
        }
      });
}

/// Files that other checks read line by line or tile by tile, and compare with their stamps then.
bool is_read_later(std::string_view path) {
  constexpr std::array<std::string_view, 5> kRead{"files.jsonl", "records.jsonl", "claims.jsonl", "parts.jsonl",
                                                  "dispositions.jsonl"};
  return path.starts_with("log/tile/") || path.starts_with("evidence/pack/") ||
         std::ranges::find(kRead, path) != kRead.end();
}

/// Small files that are kept in memory; the others are evidence, or pages for readers.
bool is_kept(std::string_view path) {
  return path.find('/') == std::string_view::npos || path.starts_with("rules/") || path.starts_with("bound/") ||
         path.starts_with("tokens/") || path == "log/checkpoint";
}

void read_all(const EditionFolder& folder, ReadLater later, std::size_t threads, EditionState& edition,
              Findings& findings) {
  std::vector<const proof::FileStamp*> stamps;
  for (const auto& [path, stamp] : edition.stamps) {
    if (later == ReadLater::also_now || !is_read_later(path)) stamps.push_back(&stamp);
  }
  std::vector<std::string> kept(stamps.size());
  for_each_parallel(stamps.size(), threads, findings, [&](std::size_t i, Findings& found) {
    const bool keep = is_kept(stamps[i]->path) && !is_read_later(stamps[i]->path);
    folder.read_blocks(*stamps[i], found, [&](std::string_view block) {
      if (keep) kept[i].append(block);
    });
  });
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    if (!kept[i].empty()) edition.files.emplace(stamps[i]->path, std::move(kept[i]));
  }
}

/// `present` and the stamps, both ascending, must name the same files.
void compare_names(const std::vector<std::string>& present, const EditionState& edition, Findings& findings) {
  auto here = present.begin();
  const auto unlisted = [&](const std::string& path) {
    if (path != kManifest && path != kCosigned) findings.add(Check::file, path, "is in no list of the manifest");
  };
  for (const auto& [path, stamp] : edition.stamps) {
    while (here != present.end() && *here < path) unlisted(*here++);
    if (here == present.end() || *here != path) {
      findings.add(Check::file, path, "is missing");
    } else {
      ++here;
    }
  }
  std::for_each(here, present.end(), unlisted);
}

void read_cosigned(const EditionFolder& folder, EditionState& edition, Findings& findings) {
  const std::string file(kCosigned);
  const auto source = folder.disk().open(join_path(folder.directory(), file));
  if (!findings.expect(source, Check::checkpoint, file)) return;
  if ((*source)->size() > proof::kMaxAddCheckpointBytes) {
    return findings.add(Check::checkpoint, file, "it is too long");
  }
  auto bytes = folder.read(file);
  if (findings.expect(bytes, Check::checkpoint, file)) edition.cosigned = *std::move(bytes);
}

}  // namespace

bool check_files(const EditionFolder& folder, const Pin& pin, ReadLater later, std::size_t threads,
                 EditionState& edition, Findings& findings) {
  std::vector<std::string> present;
  if (!findings.expect(list_files(folder.disk(), folder.directory(), "", 0, present), Check::file, "")) return false;
  std::ranges::sort(present);
  const auto manifest = folder.read(std::string(kManifest));
  if (!findings.expect(manifest, Check::manifest, std::string(kManifest))) return false;
  if (!open_manifest(*manifest, pin, edition, findings)) return false;
  for (const proof::FileStamp& stamp : edition.manifest.files) {
    add_stamp(stamp, std::string(kManifest), Listed::at_top, edition, findings);
  }
  read_list(folder, threads, edition, findings);
  read_all(folder, later, threads, edition, findings);
  compare_names(present, edition, findings);
  for (const std::string_view path : kRequired) {
    if (!edition.stamps.contains(std::string(path))) {
      findings.add(Check::file, std::string(path), "is not listed; it belongs to an edition even when it is empty");
    }
  }
  if (std::ranges::binary_search(present, kCosigned)) read_cosigned(folder, edition, findings);
  findings.checked("files, by size and SHA-256", edition.stamps.size());
  return true;
}

}  // namespace gavah::verify
