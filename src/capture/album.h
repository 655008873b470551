#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace gavah::capture {

/// What a message of an export says that tells whether it is one item of an album.
struct AlbumItem {
  std::optional<std::int64_t> id;
  std::string author;
  std::string moment;  ///< as the export writes it, to the second
  std::string origin;  ///< of a forward
  std::string reply;   ///< what it answers
  std::string group;   ///< the album's id, where a tool kept it; Telegram Desktop does not
  bool is_picture = false;
  bool has_words = false;
};

/// Finds albums among the messages of one chat, as they come. Telegram sends each picture of an album as a message of
/// its own, and its exports name no album. So this is a rule, not a statement: pictures or films that follow one
/// another, of one sender, one second, one origin and one answered message, with ids close together, of which at most
/// one has words. What a person forwards together in one second may look like that.
class Albums {
 public:
  /// The id of the album's first message when `item` is a further one of it.
  std::optional<std::int64_t> next(AlbumItem item);
  /// What comes next does not continue what came before.
  void end() { first_.reset(); }

 private:
  static constexpr std::int64_t kMostItems = 10;  // what Telegram lets one send together

  bool continues(const AlbumItem& item) const;

  std::optional<AlbumItem> first_;
  std::int64_t last_id_ = 0;
  bool has_words_ = false;
};

}  // namespace gavah::capture
