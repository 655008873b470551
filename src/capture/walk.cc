#include "base/format.h"
#include "capture/capture.h"

namespace gavah::capture {
namespace {

constexpr int kMaxDepth = 64;  // folders within folders; a loop of mounts must end

class Walker {
 public:
  explicit Walker(Disk& disk) : disk_(disk) {}

  Result<void> enter(const std::string& path, const std::string& name, int depth) {
    auto entries = disk_.list(path);
    if (!entries) {
      if (depth == 0) return fail_with(std::move(entries), format("listing {}", path));
      set_aside("folder", name, entries.error().sentence());
      return {};
    }
    for (const DirectoryEntry& entry : *entries) {
      const std::string inner_name = name.empty() ? entry.name : join_path(name, entry.name);
      const std::string inner_path = join_path(path, entry.name);
      if (entry.kind == EntryKind::file) {
        found.files.push_back({inner_path, inner_name});
      } else if (entry.kind == EntryKind::other) {
        set_aside("entry", inner_name, "it is a symbolic link or a special file, which is not followed");
      } else if (depth == kMaxDepth) {
        set_aside("folder", inner_name, format("folders lie more than {} deep inside one another", kMaxDepth));
      } else {
        GAVAH_TRY(enter(inner_path, inner_name, depth + 1));
      }
    }
    return {};
  }

  void set_aside(std::string what, std::string where, std::string reason) {
    found.set_aside.push_back({std::move(what), std::move(where), std::move(reason)});
  }

  Walk found;

 private:
  Disk& disk_;
};

}  // namespace

Result<Walk> walk(Disk& disk, const std::string& path) {
  GAVAH_ASSIGN(const EntryKind kind, disk.kind(path));
  Walker walker(disk);
  if (kind == EntryKind::file) {
    walker.found.files.push_back({path, std::string(base_name(path))});
  } else if (kind == EntryKind::other) {
    walker.set_aside("entry", std::string(base_name(path)), "it is a special file");
  } else {
    GAVAH_TRY(walker.enter(path, {}, 0));
  }
  return std::move(walker.found);
}

}  // namespace gavah::capture
