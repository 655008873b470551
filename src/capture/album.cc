#include "capture/album.h"

#include <utility>

namespace gavah::capture {

bool Albums::continues(const AlbumItem& item) const {
  if (!first_ || !item.id || !item.is_picture) return false;
  if (!item.group.empty() || !first_->group.empty()) return item.group == first_->group;
  if (item.moment.empty() || (item.has_words && has_words_)) return false;
  const bool is_near = *item.id > last_id_ && *item.id - *first_->id < kMostItems;
  return is_near && item.author == first_->author && item.moment == first_->moment && item.origin == first_->origin &&
         item.reply == first_->reply;
}

std::optional<std::int64_t> Albums::next(AlbumItem item) {
  if (continues(item)) {
    last_id_ = *item.id;
    has_words_ = has_words_ || item.has_words;
    return first_->id;
  }
  first_.reset();
  if (!item.is_picture || !item.id) return std::nullopt;
  last_id_ = *item.id;
  has_words_ = item.has_words;
  first_ = std::move(item);
  return std::nullopt;
}

}  // namespace gavah::capture
