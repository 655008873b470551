#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/anchor.h"

namespace gavah::capture {

/// The pictures, films and sounds of one archive by their names, and which part's bytes name them. A name is looked
/// for wherever it stands: "photos/photo_1@03-05-2031.jpg", "IMG-20310503-WA0001.jpg (file attached)", a src, a cell.
/// X puts the post's id before the name by which a post calls its picture ("77-Fabc.jpg"); both names count. Where two
/// files have one name, the folder must stand before it too; beyond kMaxNamesakes of one name none is tied. One thread.
class MediaNames {
 public:
  static constexpr std::size_t kMaxNamesakes = 1000;  // files: each mention of a name looks through them

  /// By its ending; "a.jpg", "b/C.MP4".
  static bool is_media(std::string_view name);

  /// A member of the archive, by its whole name.
  void add(std::string_view name);
  bool empty() const { return files_.empty(); }

  /// Notes which files the bytes of a part name, where no part before did.
  void look(std::string_view bytes, PartNumber part);
  /// The first part that names this member.
  std::optional<PartNumber> named_by(std::string_view name) const;

 private:
  static constexpr std::size_t kMaxNameBytes = 255;  // what file systems take

  struct File {
    std::string folder;  ///< the last one
    std::optional<PartNumber> part;
  };

  void look_before(std::string_view bytes, std::size_t end, PartNumber part);
  void know(std::string_view base, std::size_t file);
  bool note(std::string_view base, std::string_view before, PartNumber part);

  std::vector<File> files_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_base_;  // looked into only
  std::unordered_map<std::string, std::size_t> by_name_;               // looked into only
};

}  // namespace gavah::capture
