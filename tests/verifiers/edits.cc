#include "edits.h"

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::tests {
namespace {

Result<void> replace_text(const Json& edit, std::string& bytes) {
  const std::string find(edit.text_of("find"));
  const std::size_t at = bytes.find(find);
  if (at == std::string::npos) return fail(ErrorCode::invalid_input, format("'{}' is not there", find));
  bytes.replace(at, find.size(), edit.text_of("replace"));
  return {};
}

Result<void> splice(const Json& edit, std::string& bytes) {
  const Json* at = edit.find("at");
  const Json* cut = edit.find("cut");
  const auto begin = at == nullptr ? std::nullopt : at->integer();
  const auto count = cut == nullptr ? std::nullopt : cut->integer();
  if (!begin || !count || *begin < 0 || *count < 0) return fail(ErrorCode::invalid_input, "an edit is no splice");
  if (static_cast<std::uint64_t>(*begin) + static_cast<std::uint64_t>(*count) > bytes.size()) {
    return fail(ErrorCode::invalid_input, "an edit goes beyond the end");
  }
  GAVAH_ASSIGN(const std::string put, from_base64(edit.text_of("put")));
  bytes.replace(static_cast<std::size_t>(*begin), static_cast<std::size_t>(*count), put);
  return {};
}

}  // namespace

void read_tree(Disk& disk, const std::string& directory, const std::string& below,
               std::map<std::string, std::string>& out) {
  const auto entries = disk.list(below.empty() ? directory : join_path(directory, below)).value();
  for (const DirectoryEntry& entry : entries) {
    const std::string path = below.empty() ? entry.name : join_path(below, entry.name);
    if (entry.kind == EntryKind::directory) {
      read_tree(disk, directory, path, out);
    } else {
      out[path] = disk.read(join_path(directory, path)).value();
    }
  }
}

Result<void> apply_edits(const Json& request, std::map<std::string, std::string>& files) {
  const Json* edits = request.find("edits");
  if (edits == nullptr) return {};
  for (const Json& edit : edits->items()) {
    const std::string file(edit.text_of("file"));
    if (edit.find("remove") != nullptr) {
      files.erase(file);
    } else if (edit.find("copy") != nullptr) {
      files[file] = files[std::string(edit.text_of("copy"))];
    } else if (edit.find("find") != nullptr) {
      GAVAH_TRY(replace_text(edit, files[file]));
    } else {
      GAVAH_TRY(splice(edit, files[file]));
    }
  }
  return {};
}

}  // namespace gavah::tests
