#include "extract/text_post.h"

#include <algorithm>
#include <array>
#include <optional>

#include "extract/embed_address.h"
#include "extract/furniture.h"
#include "extract/post_address.h"

namespace gavah::extract {
namespace {

/// What a post may hold, and how its links count (X's counting of weighted characters; Arabic script weighs 1).
constexpr std::size_t kPostCharacters = 280;
constexpr std::size_t kLinkCharacters = 23;
/// Names of accounts have at most 50 characters.
constexpr std::size_t kNameBytes = 200;
constexpr std::size_t kHandleBytes = 30;
/// A line of a post without any mark of posts; longer ones are taken for the article's.
constexpr std::size_t kPlainLineCharacters = 60;
constexpr std::size_t kPosts = 1000;

constexpr auto kDashes = std::to_array<std::string_view>({"—", "–", "―", "&mdash;", "--"});
constexpr auto kAddressStarts =
    std::to_array<std::string_view>({"https://", "http://", "pic.twitter.com/", "pic.x.com/", "t.co/"});

bool is_handle_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

std::size_t address_size(std::string_view text) {
  std::size_t size = text.find_first_of(" \t\n\r\"'<>«»()[]");
  if (size == std::string_view::npos) size = text.size();
  // A dash glued to the address closes the post: "…/8P5NIrcgGH— Name".
  for (const std::string_view dash :
       {std::string_view("—"), std::string_view("–"), std::string_view("…"), std::string_view("،")}) {
    size = std::min(size, text.substr(0, size).find(dash) == std::string_view::npos ? size : text.find(dash));
  }
  while (size > 0 && std::string_view(".,;:!?").find(text[size - 1]) != std::string_view::npos) --size;
  return size;
}

struct Address {
  std::size_t begin;
  std::size_t size;
};

std::optional<Address> next_address(std::string_view text, std::size_t from) {
  std::optional<Address> best;
  for (const std::string_view start : kAddressStarts) {
    const std::size_t at = text.find(start, from);
    if (at == std::string_view::npos || (best && best->begin <= at)) continue;
    if (start == "t.co/" && at > 0 && is_handle_byte(text[at - 1])) continue;
    best = Address{at, address_size(text.substr(at))};
  }
  return best;
}

std::size_t weighed(std::string_view text) {
  std::size_t count = character_count(text);
  for (auto address = next_address(text, 0); address;
       address = next_address(text, address->begin + std::max<std::size_t>(address->size, 1))) {
    count -= character_count(text.substr(address->begin, address->size));
    count += kLinkCharacters;
  }
  return count;
}

std::optional<std::size_t> dash_before(std::string_view line, std::size_t at) {
  std::optional<std::size_t> best;
  const std::string_view head = line.substr(0, at);
  for (const std::string_view dash : kDashes) {
    const std::size_t found = head.rfind(dash);
    if (found != std::string_view::npos && (!best || found > *best)) best = found;
  }
  if (!best && trimmed(head).starts_with("- ")) best = head.find('-');
  if (best && at - *best > kNameBytes) return std::nullopt;
  return best;
}

bool introduces_speech(std::string_view line) {
  const std::string fold = folded(line);
  constexpr auto kVerbs =
      std::to_array<std::string_view>({" wrote", " tweeted", " posted", " said", " writes", "نوشت", "گفت", "توییت کرد",
                                       "توئیت کرد", "منتشر کرد", "کتب", "غرد", "قال", "نشر"});
  return std::any_of(kVerbs.begin(), kVerbs.end(),
                     [&](std::string_view verb) { return fold.find(verb) != std::string::npos; });
}

bool has_post_marks(std::string_view line) {
  if (next_address(line, 0)) return true;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const bool is_mark = line[i] == '#' || line[i] == '@';
    const bool starts_word = i == 0 || line[i - 1] == ' ' || line[i - 1] == '.' || line[i - 1] == '(';
    if (is_mark && starts_word && line[i + 1] != ' ') return true;
  }
  return line.find("\xF0\x9F") != std::string_view::npos;  // an emoji of the supplementary planes
}

bool is_only_links(std::string_view words) {
  while (!words.empty()) {
    const auto address = next_address(words, 0);
    if (!address || address->begin != 0 || address->size == 0) return false;
    words = trimmed(words.substr(address->size));
  }
  return true;
}

}  // namespace

std::optional<PostClosing> find_post_closing(std::string_view line, std::uint32_t line_begin) {
  for (std::size_t open = line.find("(@"); open != std::string_view::npos; open = line.find("(@", open + 1)) {
    std::size_t past = open + 2;
    while (past < line.size() && is_handle_byte(line[past])) ++past;
    const std::size_t handle_size = past - open - 2;
    if (handle_size == 0 || handle_size > kHandleBytes || past >= line.size() || line[past] != ')') continue;
    const auto dash = dash_before(line, open);
    auto date = date_at_start(line.substr(past + 1), DayOrder::month_first);
    if (!dash || !date) continue;
    std::size_t name_begin = *dash;
    for (const std::string_view mark : kDashes) {
      if (line.substr(name_begin).starts_with(mark)) name_begin += mark.size();
    }
    if (name_begin == *dash) ++name_begin;
    const auto shift = line_begin + static_cast<std::uint32_t>(past + 1);
    date->span = {date->span.begin + shift, date->span.end + shift};
    PostClosing out;
    out.dash = line_begin + static_cast<std::uint32_t>(*dash);
    out.name = std::string(trimmed(line.substr(name_begin, open - name_begin)));
    out.handle = std::string(line.substr(open + 2, handle_size));
    out.date = *date;
    return out;
  }
  return std::nullopt;
}

namespace {

class PostFinder {
 public:
  PostFinder(std::string_view text, const std::vector<std::uint32_t>& paragraphs)
      : text_(text), paragraphs_(paragraphs) {}

  std::vector<TextPost> find() {
    for (std::size_t begin = 0; begin < text_.size() && posts_.size() < kPosts;) {
      const std::size_t newline = std::min(text_.find('\n', begin), text_.size());
      const std::string_view line = text_.substr(begin, newline - begin);
      if (auto closing = find_post_closing(line, static_cast<std::uint32_t>(begin))) {
        add(static_cast<std::uint32_t>(begin), *std::move(closing));
        floor_ = posts_.empty() ? floor_ : posts_.back().block.end;
        begin = std::max<std::size_t>(begin + 1, floor_);
        continue;
      }
      begin = newline + 1;
    }
    return std::move(posts_);
  }

 private:
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const { return text_.substr(begin, end - begin); }

  std::uint32_t line_begin_before(std::uint32_t line_begin) const {
    if (line_begin <= floor_ + 1) return line_begin;
    const std::size_t newline = text_.rfind('\n', line_begin - 2);
    const auto begin = newline == std::string_view::npos ? 0U : static_cast<std::uint32_t>(newline) + 1;
    return std::max(begin, floor_);
  }

  bool starts_paragraph(std::uint32_t line_begin) const {
    return std::binary_search(paragraphs_.begin(), paragraphs_.end(), line_begin);
  }

  /// True when the line above, [above, begin), belongs to a post whose words so far are [begin, end).
  bool belongs(std::uint32_t above, std::uint32_t begin, std::uint32_t end) const {
    const std::string_view line = trimmed(slice(above, begin));
    const std::string_view words = trimmed(slice(begin, end));
    if (line.empty() || weighed(slice(above, end)) > kPostCharacters) return false;
    // A link alone says nothing: what it illustrates stands above it.
    if (is_only_links(words)) return true;
    if (line.ends_with(':') && introduces_speech(line)) return false;
    const bool is_marked = line.ends_with(':') || has_post_marks(line);
    if (starts_paragraph(begin)) return is_marked;
    if (!paragraphs_.empty()) return true;
    return is_marked || character_count(line) < kPlainLineCharacters;
  }

  void add(std::uint32_t line_begin, PostClosing closing) {
    std::uint32_t begin = std::max(line_begin, floor_);
    for (std::uint32_t above = line_begin_before(begin); above < begin; above = line_begin_before(begin)) {
      if (!belongs(above, begin, closing.dash)) break;
      begin = above;
    }
    const std::string_view words = trimmed(slice(begin, closing.dash));
    if (words.empty()) return;
    TextPost post;
    const auto words_begin = static_cast<std::uint32_t>(words.data() - text_.data());
    post.words = {words_begin, words_begin + static_cast<std::uint32_t>(words.size())};
    post.block = {words_begin, closing.date.span.end};
    post.name = std::move(closing.name);
    post.handle = std::move(closing.handle);
    post.date = closing.date;
    posts_.push_back(std::move(post));
  }

  std::string_view text_;
  const std::vector<std::uint32_t>& paragraphs_;
  std::vector<TextPost> posts_;
  std::uint32_t floor_ = 0;  ///< nothing above belongs to a later post
};

void fill_post(Report& report, const TextPost& post, std::string_view text) {
  report.source = "@" + post.handle;
  report.author = post.name;
  report.published = interval_of(post.date, text);
  report.links = links_in(report.text);
  for (const std::string& link : report.links) {
    if (link.starts_with("pic.")) report.media.push_back({std::nullopt, "image", ""});
  }
}

/// Addresses of posts that stand alone on a line, outside of `posts`: an editor that was to embed them left them so.
void find_addresses(std::string_view text, const std::vector<TextPost>& posts, std::vector<Embed>& embeds,
                    ReportSet& set) {
  std::size_t post = 0;
  for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 1)) {
    if (embeds.size() >= kPosts) return;
    if (at > 0 && text[at - 1] != '\n') continue;
    while (post < posts.size() && posts[post].block.end <= at) ++post;
    const bool is_in_post = post < posts.size() && posts[post].block.begin <= at;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    if (is_in_post || line.find(' ') != std::string_view::npos) continue;
    if (!is_platform_post(line)) continue;
    const std::string address = post_address(line);
    const bool is_known = std::any_of(set.reports().begin(), set.reports().end(), [&](const Report& known) {
      return known.kind == ReportKind::post && known.url == address;
    });
    Report* report = is_known ? nullptr : set.add(ReportKind::post);
    if (report == nullptr) continue;
    report->url = address;
    report->source = account_in(line);
    const auto place = static_cast<std::uint32_t>(at);
    const auto before = std::upper_bound(embeds.begin(), embeds.end(), place,
                                         [](std::uint32_t offset, const Embed& embed) { return offset < embed.at; });
    embeds.insert(before, {place, report->id.hex(), static_cast<std::uint32_t>(line.size())});
  }
}

}  // namespace

std::vector<TextPost> find_text_posts(std::string_view text, const std::vector<std::uint32_t>& paragraphs) {
  if (text.find("(@") == std::string_view::npos) return {};
  return PostFinder(text, paragraphs).find();
}

std::vector<std::string> links_in(std::string_view text) {
  std::vector<std::string> out;
  for (auto address = next_address(text, 0); address;
       address = next_address(text, address->begin + std::max<std::size_t>(address->size, 1))) {
    std::string link(text.substr(address->begin, address->size));
    if (std::find(out.begin(), out.end(), link) == out.end()) out.push_back(std::move(link));
  }
  return out;
}

void split_posts(MappedText& whole, const std::vector<std::uint32_t>& paragraphs, std::vector<Embed> embeds,
                 const OffsetMap& page, Report& article, ReportSet& set) {
  const std::vector<TextPost> posts = find_text_posts(whole.text(), paragraphs);
  find_addresses(whole.text(), posts, embeds, set);
  MappedText rest(page);
  std::uint32_t at = 0;
  std::size_t next_embed = 0;
  const auto keep_until = [&](std::uint32_t end) {
    while (next_embed < embeds.size() && embeds[next_embed].at <= end) {
      const std::uint32_t place = std::max(embeds[next_embed].at, at);
      rest.append(whole, {at, place});
      at = place;
      article.relations.push_back(
          {RelationKind::embeds, embeds[next_embed].target, Span{rest.size(), rest.size() + embeds[next_embed].size}});
      ++next_embed;
    }
    rest.append(whole, {at, end});
    at = end;
  };
  for (const TextPost& post : posts) {
    keep_until(post.block.begin);
    Report* report = set.add(ReportKind::post);
    if (report == nullptr) break;
    rest.trim_end();
    if (!rest.empty()) rest.insert('\n');
    article.relations.push_back({RelationKind::embeds, report->id.hex(), Span{rest.size(), rest.size()}});
    MappedText words(page);
    words.append(whole, post.words);
    words.give(*report);
    fill_post(*report, post, whole.text());
    at = post.block.end;
    while (at < whole.size() && (whole.text()[at] == '\n' || whole.text()[at] == ' ')) ++at;
  }
  keep_until(whole.size());
  rest.trim_end();
  for (Relation& relation : article.relations) {
    if (!relation.span) continue;
    relation.span = Span{std::min(relation.span->begin, rest.size()), std::min(relation.span->end, rest.size())};
  }
  rest.give(article);
}

}  // namespace gavah::extract
