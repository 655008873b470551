#include "extract/class_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <queue>
#include <vector>

#include "base/check.h"

namespace gavah::extract {
namespace {

using enum ClassSigns::Sign;

struct Pattern {
  std::string_view word;  ///< '^' and '$' at its ends ask for a word boundary there
  std::uint16_t sign;
};

constexpr auto kPatterns = std::to_array<Pattern>({
    {"articlebody", kBody},
    {"article-body", kBody},
    {"article_body", kBody},
    {"article__body", kBody},
    {"article-content", kBody},
    {"article_content", kBody},
    {"article__content", kBody},
    {"articlecontent", kBody},
    {"article-text", kBody},
    {"article_text", kBody},
    {"articletext", kBody},
    {"article__text", kBody},
    {"post-content", kBody},
    {"post_content", kBody},
    {"post__content", kBody},
    {"postcontent", kBody},
    {"post-body", kBody},
    {"postbody", kBody},
    {"post_body", kBody},
    {"post-text", kBody},
    {"posttext", kBody},
    {"post-entry", kBody},
    {"entry-content", kBody},
    {"entry_content", kBody},
    {"entrycontent", kBody},
    {"entry-body", kBody},
    {"entrybody", kBody},
    {"entry-text", kBody},
    {"story-body", kBody},
    {"storybody", kBody},
    {"story_body", kBody},
    {"story-content", kBody},
    {"storycontent", kBody},
    {"story-text", kBody},
    {"storytext", kBody},
    {"story__body", kBody},
    {"story__content", kBody},
    {"news-body", kBody},
    {"newsbody", kBody},
    {"news-content", kBody},
    {"news-text", kBody},
    {"newstext", kBody},
    {"news_body", kBody},
    {"news_text", kBody},
    {"blog-content", kBody},
    {"blogcontent", kBody},
    {"blog-post-content", kBody},
    {"blog_content", kBody},
    {"body-content", kBody},
    {"content-body", kBody},
    {"contentbody", kBody},
    {"content__body", kBody},
    {"content_body", kBody},
    {"content-text", kBody},
    {"text-content", kBody},
    {"textcontent", kBody},
    {"body-text", kBody},
    {"bodytext", kBody},
    {"body-copy", kBody},
    {"bodycopy", kBody},
    {"single-content", kBody},
    {"field-name-body", kBody},
    {"field--name-body", kBody},
    {"item-text", kBody},
    {"itemfulltext", kBody},
    {"itembody", kBody},
    {"rich-text", kBody},
    {"richtext", kBody},
    {"artikeltext", kBody},
    {"article-main", kBody},
    {"art-postcontent", kBody},
    {"wysiwyg", kBody},
    {"e-content", kBody},
    {"td-post-content", kBody},
    {"article-page", kContent},
    {"artikel-body", kBody},
    {"hentry", kContent},
    {"^content$", kContent},
    {"^main$", kContent},
    {"main-content", kContent},
    {"maincontent", kContent},
    {"main_content", kContent},
    {"^article$", kContent},
    {"^post$", kContent},
    {"^artikel$", kContent},
    {"^entry$", kContent},
    {"page-content", kContent},
    {"^story$", kContent},
    {"primary-content", kContent},
    {"^inhalt$", kContent},
    {"^comment$", kComments},
    {"^comments$", kComments},
    {"commentlist", kComments},
    {"comment-", kComments},
    {"comments-", kComments},
    {"comment_", kComments},
    {"comments_", kComments},
    {"-comments", kComments},
    {"_comments", kComments},
    {"usercomment", kComments},
    {"commentsarea", kComments},
    {"disqus", kComments},
    {"^respond$", kComments},
    {"livefyre", kComments},
    {"kommentar", kComments},
    {"commentaire", kComments},
    {"comentario", kComments},
    {"viafoura", kComments},
    {"^replies$", kComments},
    {"fb-comments", kComments},
    {"^nazar", kComments},
    {"didgah", kComments},
    {"^taliq", kComments},
    {"^commentary$", kPardon},
    {"comments-open", kPardon},
    {"comment-open", kPardon},
    {"has-comments", kPardon},
    {"no-comments", kPardon},
    {"^layout", kPardon},
    {"-layout", kPardon},
    {"has-sidebar", kPardon},
    {"with-sidebar", kPardon},
    {"no-sidebar", kPardon},
    {"sidebar-right", kPardon},
    {"sidebar-left", kPardon},
    {"right-sidebar", 0},
    {"menu-open", kPardon},
    {"sidebar", kFurniture},
    {"side-bar", kFurniture},
    {"^sidenav", kFurniture},
    {"footer", kFurniture},
    {"^foot$", kFurniture},
    {"^nav$", kFurniture},
    {"^navi$", kFurniture},
    {"navigation", kFurniture},
    {"navbar", kFurniture},
    {"^nav-", kFurniture},
    {"-nav$", kFurniture},
    {"^menu", kFurniture},
    {"-menu$", kFurniture},
    {"mainmenu", kFurniture},
    {"submenu", kFurniture},
    {"breadcrumb", kFurniture},
    {"^crumb", kFurniture},
    {"brotkrumen", kFurniture},
    {"^share", kFurniture},
    {"sharing", kFurniture},
    {"sharedaddy", kFurniture},
    {"-share", kFurniture},
    {"_share", kFurniture},
    {"socialmedia", kFurniture},
    {"^social", kFurniture},
    {"-social", kFurniture},
    {"_social", kFurniture},
    {"addthis", kFurniture},
    {"addtoany", kFurniture},
    {"shariff", kFurniture},
    {"jp-relatedposts", kFurniture},
    {"^related", kFurniture},
    {"-related", kFurniture},
    {"_related", kFurniture},
    {"relatedpost", kFurniture},
    {"relatedarticle", kFurniture},
    {"relatednews", kFurniture},
    {"recommend", kFurniture},
    {"^promo", kFurniture},
    {"-promo", kFurniture},
    {"_promo", kFurniture},
    {"newsletter", kFurniture},
    {"subscribe", kFurniture},
    {"subscription", kFurniture},
    {"^signup", kFurniture},
    {"sign-up", kFurniture},
    {"paywall", kFurniture},
    {"advert", kFurniture},
    {"^ad$", kFurniture},
    {"^ads$", kFurniture},
    {"^ad-", kFurniture},
    {"-ad$", kFurniture},
    {"-ads$", kFurniture},
    {"^ads-", kFurniture},
    {"^adbox", kFurniture},
    {"adsense", kFurniture},
    {"banner", kFurniture},
    {"sponsor", kFurniture},
    {"outbrain", kFurniture},
    {"taboola", kFurniture},
    {"plista", kFurniture},
    {"anzeige", kFurniture},
    {"werbung", kFurniture},
    {"cookie", kFurniture | kConsent},
    {"consent", kFurniture | kConsent},
    {"gdpr", kFurniture | kConsent},
    {"onetrust", kFurniture | kConsent},
    {"popup", kFurniture},
    {"pop-up", kFurniture},
    {"^modal", kFurniture},
    {"-modal", kFurniture},
    {"overlay", kFurniture},
    {"lightbox", kFurniture},
    {"tooltip", kFurniture},
    {"widget", kFurniture},
    {"^tags$", kFurniture},
    {"^tag$", 0},
    {"taglist", kFurniture},
    {"tag-list", kFurniture},
    {"post-tags", kFurniture},
    {"entry-tags", kFurniture},
    {"article-tags", kFurniture},
    {"-tags$", kFurniture},
    {"tagcloud", kFurniture},
    {"^topics$", kFurniture},
    {"^keywords$", kFurniture},
    {"schlagwort", kFurniture},
    {"author-bio", kFurniture},
    {"author-box", kFurniture},
    {"authorbox", kFurniture},
    {"author_box", kFurniture},
    {"about-author", kFurniture},
    {"about-the-author", kFurniture},
    {"author-info", kFurniture},
    {"authorinfo", kFurniture},
    {"author-description", kFurniture},
    {"author-profile", kFurniture},
    {"post-meta", kFurniture},
    {"postmeta", kFurniture},
    {"entry-meta", kFurniture},
    {"article-meta", kFurniture},
    {"articlemeta", kFurniture},
    {"meta-data", kFurniture},
    {"metadata", kFurniture},
    {"post-info", kFurniture},
    {"postinfo", kFurniture},
    {"article-info", kFurniture},
    {"article__meta", kFurniture},
    {"post_meta", kFurniture},
    {"entry_meta", kFurniture},
    {"article-header__meta", kFurniture},
    {"pagination", kFurniture},
    {"^pager", kFurniture},
    {"paging", kFurniture},
    {"prevnext", kFurniture},
    {"prev-next", kFurniture},
    {"next-post", kFurniture},
    {"post-nav", kFurniture},
    {"teaser-list", kFurniture},
    {"^teaser", kFurniture},
    {"-teaser", kFurniture},
    {"_teaser", kFurniture},
    {"most-read", kFurniture},
    {"mostread", kFurniture},
    {"most-popular", kFurniture},
    {"mostpopular", kFurniture},
    {"^popular", kFurniture},
    {"trending", kFurniture},
    {"more-news", kFurniture},
    {"more-stories", kFurniture},
    {"more-articles", kFurniture},
    {"morenews", kFurniture},
    {"read-more", kFurniture},
    {"readmore", kFurniture},
    {"see-also", kFurniture},
    {"seealso", kFurniture},
    {"also-like", kFurniture},
    {"also-read", kFurniture},
    {"read-also", kFurniture},
    {"latest-news", kFurniture},
    {"latestnews", kFurniture},
    {"latest-posts", kFurniture},
    {"recent-posts", kFurniture},
    {"^print", kFurniture},
    {"toolbar", kFurniture},
    {"^tools$", kFurniture},
    {"copyright", kFurniture},
    {"^legal", kFurniture},
    {"disclaimer", kFurniture},
    {"^login", kFurniture},
    {"-login", kFurniture},
    {"signin", kFurniture},
    {"^search", kFurniture},
    {"-search", kFurniture},
    {"skip-link", kFurniture},
    {"screen-reader-text", kFurniture},
    {"^rating", kFurniture},
    {"feedback", kFurniture},
    {"^credit", kFurniture},
    {"-credit", kFurniture},
    {"^poll$", kFurniture},
    {"category-list", kFurniture},
    {"^categories$", kFurniture},
    {"^rss", kFurniture},
    {"^follow", kFurniture},
    {"-follow", kFurniture},
    {"call-to-action", kFurniture},
    {"^cta", kFurniture},
    {"-cta$", kFurniture},
    {"^donat", kFurniture},
    {"donation", kFurniture},
    {"weather", kFurniture},
    {"ticker", kFurniture},
    {"^masthead", kFurniture},
    {"site-header", kFurniture},
    {"siteheader", kFurniture},
    {"page-header", 0},
    {"topbar", kFurniture},
    {"top-bar", kFurniture},
    {"toc_container", kFurniture},
    {"table-of-contents", kFurniture},
    {"noprint", kFurniture},
    {"galler", 0},
    {"mw-editsection", kFurniture},
    {"infobox", 0},
    {"navbox", kFurniture},
    {"catlinks", kFurniture},
    {"mw-jump", kFurniture},
    {"reflist", kFurniture},
    {"printfooter", kFurniture},
    {"wp-caption-text", kFurniture},
    {"^caption", kFurniture},
    {"-caption", kFurniture},
    {"_caption", kFurniture},
    {"bildunterschrift", kFurniture},
    {"^legend", kFurniture},
    {"-legend", kFurniture},
    {"_legend", kFurniture},
    {"image-subtitle", kFurniture},
    {"disclosure", kFurniture},
    {"tag-links", kFurniture},
    {"recirculation", kFurniture},
    {"mortabet", kFurniture},
    {"eshterak", kFurniture},
    {"porbazdid", kFurniture},
    {"porbinande", kFurniture},
    {"signature", kPanel},
    {"^sig$", kPanel},
    {"userinfo", kPanel},
    {"user-info", kPanel},
    {"user_info", kPanel},
    {"userdetails", kPanel},
    {"user-details", kPanel},
    {"user-panel", kPanel},
    {"userpanel", kPanel},
    {"message-user$", kPanel},
    {"message-userdetails", kPanel},
    {"message-userextras", kPanel},
    {"postprofile", kPanel},
    {"post-profile", kPanel},
    {"reactionsbar", kPanel},
    {"post-actions", kPanel},
    {"post-controls", kPanel},
    {"postfoot", kPanel},
    {"reputation", kPanel},
    {"^vote", kPanel},
    {"-votes", kPanel},
    {"^likes", kPanel},
    {"-likes", kPanel},
    {"reactions", kPanel},
    {"flat-list", kPanel},
    {"quick-reply", kPanel},
    {"quickreply", kPanel},
    {"similar-threads", kPanel},
    {"suggested-topics", kPanel},
    {"buttons", kPanel},
    {"controls", kPanel},
    {"badge", kPanel},
    {"^score", kPanel},
    {"membersignature", kPanel},
    {"usertitle", kPanel},
    {"user-title", kPanel},
    {"username", kWriter},
    {"user-name", kWriter},
    {"user_name", kWriter},
    {"^nick", kWriter},
    {"-nick", kWriter},
    {"nickname", kWriter},
    {"displayname", kWriter},
    {"display-name", kWriter},
    {"screenname", kWriter},
    {"screen-name", kWriter},
    {"^poster", kWriter},
    {"message-name", kWriter},
    {"postauthor", kWriter},
    {"post-author", kWriter},
    {"user-details", kWriter},
    {"visually-hidden", kHidden},
    {"visuallyhidden", kHidden},
    {"sr-only", kHidden},
    {"^hidden$", kHidden},
    {"^hide$", kHidden},
    {"^invisible$", kHidden},
    {"d-none$", kHidden},
    {"^date", kDate},
    {"-date", kDate},
    {"_date", kDate},
    {"date$", kDate},
    {"publish", kDate},
    {"pubdate", kDate},
    {"^posted", kDate},
    {"timestamp", kDate},
    {"^time$", kDate},
    {"-time$", kDate},
    {"timedata", kDate},
    {"_time$", kDate},
    {"datum", kDate},
    {"^created", kDate},
    {"^dateline", kDate},
    {"^updated$", kDate},
    {"^fecha", kDate},
    {"tarikh", kDate},
    {"zaman", kDate},
    {"^meta", kDate},
    {"-meta", kDate},
    {"_meta", kDate},
    {"byline", kDate | kAuthor},
    {"^author", kAuthor},
    {"-author", kAuthor},
    {"_author", kAuthor},
    {"^vcard$", 0},
    {"^autor", kAuthor},
    {"^writer", kAuthor},
    {"nevisande", kAuthor},
    {"khabarnegar", kAuthor},
    {"-by$", kAuthor},
    {"^kateb", kAuthor},
    {"^katib", kAuthor},
    {"reporter", kAuthor},
    {"headline", kTitle},
    {"entry-title", kTitle},
    {"post-title", kTitle},
    {"article-title", kTitle},
    {"articletitle", kTitle},
    {"news-title", kTitle},
    {"story-title", kTitle},
    {"teaser-text", kLead | kPardon},
    {"teasertext", kLead | kPardon},
    {"article-teaser$", kLead | kPardon},
    {"article__teaser$", kLead | kPardon},
    {"artikel-teaser$", kLead | kPardon},
    {"standfirst", kLead},
    {"^lead$", kLead},
    {"^lede$", kLead},
    {"-lead$", kLead},
    {"subtitle", kLead},
    {"sub-title", kLead},
    {"^intro$", kLead},
    {"-intro$", kLead},
    {"excerpt", 0},
    {"twitter-", kEmbed},
    {"tweet-embed", kEmbed},
    {"instagram-media", kEmbed},
    {"tiktok-embed", kEmbed},
    {"bluesky-embed", kEmbed},
    {"mastodon-embed", kEmbed},
    {"reddit-embed", kEmbed},
    {"fb-", kEmbed},
    {"tgme_widget_message", kEmbed},
    {"telegram-post", kEmbed},
    {"text-post-media", kEmbed},
    {"embedly-card", kEmbed},
    {"wp-block-embed", kEmbed},
});

constexpr std::size_t kLetters = 29;  // a to z, '-', '_', and one for everything else, which is a boundary

constexpr std::size_t letter_of(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::size_t>(c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::size_t>(c - 'A');
  if (c == '-') return 26;
  if (c == '_') return 27;
  return 28;
}
constexpr std::array<std::uint8_t, 256> kLetterOf = [] {
  std::array<std::uint8_t, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte)
    out[byte] = static_cast<std::uint8_t>(letter_of(static_cast<char>(byte)));
  return out;
}();
bool is_boundary(std::size_t letter) { return letter >= 26; }

/// Aho and Corasick's automaton (1975) over the patterns; a word boundary before '^' and after '$' is checked when a
/// pattern is met.
class Automaton {
 public:
  Automaton() {
    add_state();
    for (const Pattern& pattern : kPatterns) add(pattern);
    order_by_depth();
    link();
  }

  [[gnu::noinline]] std::uint16_t signs(std::string_view words) const {
    std::uint16_t out = 0;
    std::size_t state = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::uint16_t next = next_[state][kLetterOf[static_cast<unsigned char>(words[i])]];
      state = next & kStateBits;
      if (next != state) out = static_cast<std::uint16_t>(out | signs_of(state, words, i));
    }
    return out;
  }

 private:
  /// A transition's state, and whether a pattern ends there.
  static constexpr std::uint16_t kEndsHere = 0x8000;
  static constexpr std::uint16_t kStateBits = 0x7FFF;
  using Row = std::array<std::uint16_t, 32>;  // by letter, a power of two of them
  static_assert(kLetters <= std::tuple_size_v<Row>);

  struct Ending {
    std::uint16_t sign;
    std::uint16_t size;
    bool at_start;
    bool at_end;
  };

  /// Apart from the loop over bytes, which so stays in registers.
  [[gnu::noinline]] std::uint16_t signs_of(std::size_t state, std::string_view words, std::size_t last) const {
    std::uint16_t out = 0;
    for (std::size_t met = state; met != 0; met = output_link_[met]) {
      for (const Ending& ending : endings_[met]) {
        if (fits(ending, words, last)) out = static_cast<std::uint16_t>(out | ending.sign);
      }
    }
    return out;
  }

  static bool fits(const Ending& ending, std::string_view words, std::size_t last) {
    const std::size_t first = last + 1 - ending.size;
    if (ending.at_start && first > 0 && !is_boundary(letter_of(words[first - 1]))) return false;
    return !ending.at_end || last + 1 == words.size() || is_boundary(letter_of(words[last + 1]));
  }

  void add_state() {
    next_.emplace_back();
    next_.back().fill(0);
    endings_.emplace_back();
  }

  void add(const Pattern& pattern) {
    std::string_view word = pattern.word;
    Ending ending{pattern.sign, 0, word.starts_with('^'), word.ends_with('$')};
    if (ending.at_start) word.remove_prefix(1);
    if (ending.at_end) word.remove_suffix(1);
    ending.size = static_cast<std::uint16_t>(word.size());
    std::size_t state = 0;
    for (const char c : word) {
      const std::size_t letter = letter_of(c);
      if (next_[state][letter] == 0) {
        add_state();
        next_[state][letter] = static_cast<std::uint16_t>(next_.size() - 1);
      }
      state = next_[state][letter];
    }
    endings_[state].push_back(ending);
  }

  /// The states that most letters lead to lie together.
  void order_by_depth() {
    std::vector<std::size_t> order = {0};
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const std::uint16_t child : next_[order[i]]) {
        if (child != 0) order.push_back(child);
      }
    }
    std::vector<std::uint16_t> place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<std::uint16_t>(i);
    std::vector<Row> rows;
    std::vector<std::vector<Ending>> endings;
    for (const std::size_t state : order) {
      for (std::uint16_t& child : next_[state]) child = place[child];
      rows.push_back(next_[state]);
      endings.push_back(std::move(endings_[state]));
    }
    next_ = std::move(rows);
    endings_ = std::move(endings);
  }

  void link() {
    std::vector<std::uint16_t> fail(next_.size(), 0);
    output_link_.assign(next_.size(), 0);
    std::queue<std::uint16_t> open;
    for (const std::uint16_t state : next_[0]) {
      if (state != 0) open.push(state);
    }
    while (!open.empty()) {
      const std::uint16_t state = open.front();
      open.pop();
      output_link_[state] = endings_[fail[state]].empty() ? output_link_[fail[state]] : fail[state];
      for (std::size_t letter = 0; letter < kLetters; ++letter) {
        const std::uint16_t child = next_[state][letter];
        const std::uint16_t other = next_[fail[state]][letter];
        if (child == 0) {
          next_[state][letter] = other;
        } else {
          fail[child] = other;
          open.push(child);
        }
      }
    }
    GAVAH_CHECK(next_.size() <= kStateBits);
    for (auto& row : next_) {
      for (std::uint16_t& child : row) {
        if (!endings_[child].empty() || output_link_[child] != 0) child = static_cast<std::uint16_t>(child | kEndsHere);
      }
    }
  }

  std::vector<Row> next_;
  std::vector<std::vector<Ending>> endings_;
  std::vector<std::uint16_t> output_link_;
};

/// What was met last, by its bytes: a page says the same words of its elements again and again.
class Memory {
 public:
  std::uint16_t signs(const Automaton& automaton, std::string_view words) {
    std::uint16_t out = 0;
    // No pattern holds a space: what stands before it and behind it may be read apart.
    while (words.size() > kWordBytes) {
      const std::size_t space = words.rfind(' ', kWordBytes);
      if (space == std::string_view::npos) return static_cast<std::uint16_t>(out | automaton.signs(words));
      out = static_cast<std::uint16_t>(out | signs_of_few(automaton, words.substr(0, space)));
      words.remove_prefix(space + 1);
    }
    return static_cast<std::uint16_t>(out | signs_of_few(automaton, words));
  }

 private:
  static constexpr std::size_t kWordBytes = 60;
  static constexpr unsigned kPlaceBits = 11;
  struct Slot {
    std::uint16_t signs = 0;  // of no words: none
    std::uint8_t size = 0;
    std::array<char, kWordBytes> words{};
  };

  /// Words that stand together for the first time were met before, most of them, beside others.
  std::uint16_t signs_of_new(const Automaton& automaton, std::string_view words) {
    if (words.find(' ') == std::string_view::npos) return automaton.signs(words);
    std::uint16_t out = 0;
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(' '));
      if (!word.empty()) out = static_cast<std::uint16_t>(out | signs_of_few(automaton, word));
      words.remove_prefix(std::min(word.size() + 1, words.size()));
    }
    return out;
  }

  std::uint16_t signs_of_few(const Automaton& automaton, std::string_view words) {
    words = without_number(words);
    Slot& slot = slots_[place_of(words)];
    if (slot.size != words.size() || !is_same(slot.words.data(), words)) {
      const std::uint16_t signs = signs_of_new(automaton, words);  // may take the slot for one of the words
      slot.signs = signs;
      slot.size = static_cast<std::uint8_t>(words.size());
      std::memcpy(slot.words.data(), words.data(), words.size());
    }
    return slot.signs;
  }

  /// "item-31415" says what "item-3" says: no pattern holds a digit.
  static std::string_view without_number(std::string_view words) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t size = words.size();
    while (size >= 2 && is_digit(words[size - 1]) && is_digit(words[size - 2])) --size;
    return words.substr(0, size);
  }

  template <class Number>
  static std::uint64_t number_at(const char* at) {
    Number out = 0;
    std::memcpy(&out, at, sizeof out);
    return out;
  }
  /// Fewer than eight bytes as one number: with their count, they are told by it.
  static std::uint64_t few(const char* at, std::size_t size) {
    if (size >= 4) return number_at<std::uint32_t>(at) | number_at<std::uint32_t>(at + size - 4) << 32U;
    if (size == 0) return 0;
    return number_at<std::uint8_t>(at) | number_at<std::uint8_t>(at + size / 2) << 8U |
           number_at<std::uint8_t>(at + size - 1) << 16U;
  }

  static bool is_same(const char* known, std::string_view words) {
    const std::size_t size = words.size();
    if (size < 8) return few(known, size) == few(words.data(), size);
    for (std::size_t at = 0; at + 8 < size; at += 8) {
      if (number_at<std::uint64_t>(known + at) != number_at<std::uint64_t>(words.data() + at)) return false;
    }
    return number_at<std::uint64_t>(known + size - 8) == number_at<std::uint64_t>(words.data() + size - 8);
  }

  static std::size_t place_of(std::string_view words) {
    constexpr std::uint64_t kMixer = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio (Knuth, 6.4)
    const std::size_t size = words.size();
    std::uint64_t mixed = size;
    for (std::size_t at = 0; at + 8 < size; at += 8)
      mixed = (std::rotl(mixed, 23) ^ number_at<std::uint64_t>(words.data() + at)) * kMixer;
    const std::uint64_t rest = size < 8 ? few(words.data(), size) : number_at<std::uint64_t>(words.data() + size - 8);
    return ((std::rotl(mixed, 23) ^ rest) * kMixer) >> (64U - kPlaceBits);
  }

  std::array<Slot, std::size_t{1} << kPlaceBits> slots_{};
};

}  // namespace

ClassSigns class_signs(std::string_view words) {
  static const Automaton automaton;
  thread_local Memory memory;
  return words.empty() ? ClassSigns() : ClassSigns(memory.signs(automaton, words));
}

}  // namespace gavah::extract
