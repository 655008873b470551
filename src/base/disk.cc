#include "base/disk.h"

namespace gavah {

std::string join_path(std::string_view directory, std::string_view name) {
  std::string out(directory);
  if (!out.empty() && out.back() != '/') out.push_back('/');
  return out.append(name);
}

std::string_view parent_path(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? std::string_view("/") : path.substr(0, slash);
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

Result<void> Disk::write_new(const std::string& path, std::string_view bytes) {
  GAVAH_ASSIGN(const auto writer, create(path));
  return writer->append(bytes);
}

Result<void> Disk::replace(const std::string& path, std::string_view bytes) {
  const std::string beside = path + ".new";
  if (exists(beside)) GAVAH_TRY(remove(beside));
  Result<void> written = [&]() -> Result<void> {
    GAVAH_ASSIGN(const auto writer, create(beside));
    GAVAH_TRY(writer->append(bytes));
    return writer->sync();
  }();
  if (written) written = rename(beside, path);
  if (!written) {
    // The first failure is the one to report; a leftover ".new" is removed by the next replace.
    if (exists(beside) && !remove(beside)) return written;
    return written;
  }
  return sync_directory(std::string(parent_path(path)));
}

Result<void> Disk::remove_tree(const std::string& path) {
  GAVAH_ASSIGN(const EntryKind what, kind(path));
  if (what == EntryKind::directory) {
    GAVAH_ASSIGN(const auto entries, list(path));
    for (const auto& entry : entries) {
      const std::string child = join_path(path, entry.name);
      GAVAH_TRY(entry.kind == EntryKind::directory ? remove_tree(child) : remove(child));
    }
  }
  return remove(path);
}

}  // namespace gavah
