#include "extract/class_words.h"

#include <array>
#include <queue>
#include <vector>

namespace gavah::extract {
namespace {

enum Sign : std::uint16_t {
  kBody = 1,
  kContent = 2,
  kComments = 4,
  kFurniture = 8,
  kHidden = 16,
  kDate = 32,
  kAuthor = 64,
  kTitle = 128,
  kLead = 256,
  /// Takes back kFurniture and kComments of the same element: "has-sidebar", "with-comments" say what stands beside.
  kPardon = 512,
  kPanel = 1024,
  kWriter = 2048,
  kConsent = 4096,
};

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
    link();
  }

  std::uint16_t signs(std::string_view words) const {
    std::uint16_t out = 0;
    std::size_t state = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      state = next_[state][kLetterOf[static_cast<unsigned char>(words[i])]];
      if (!ends_[state]) continue;
      for (std::size_t met = state; met != 0; met = output_link_[met]) {
        for (const Ending& ending : endings_[met]) {
          if (fits(ending, words, i)) out = static_cast<std::uint16_t>(out | ending.sign);
        }
      }
    }
    return out;
  }

 private:
  struct Ending {
    std::uint16_t sign;
    std::uint16_t size;
    bool at_start;
    bool at_end;
  };

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
    ends_.resize(next_.size());
    for (std::size_t state = 0; state < next_.size(); ++state)
      ends_[state] = !endings_[state].empty() || output_link_[state] != 0;
  }

  std::vector<std::array<std::uint16_t, kLetters>> next_;
  std::vector<std::vector<Ending>> endings_;
  std::vector<std::uint16_t> output_link_;
  std::vector<bool> ends_;  ///< by state: a pattern ends here
};

}  // namespace

ClassSigns class_signs(std::string_view words) {
  static const Automaton automaton;
  const std::uint16_t bits = automaton.signs(words);
  ClassSigns out;
  const bool is_pardoned = (bits & kPardon) != 0;
  out.is_body = (bits & kBody) != 0;
  out.is_content = (bits & kContent) != 0;
  out.is_comments = (bits & kComments) != 0 && !is_pardoned;
  out.is_furniture = (bits & kFurniture) != 0 && !is_pardoned;
  out.is_panel = (bits & kPanel) != 0;
  out.is_consent = (bits & kConsent) != 0 && !is_pardoned;
  out.is_writer = (bits & kWriter) != 0;
  out.is_hidden = (bits & kHidden) != 0;
  out.is_date = (bits & kDate) != 0;
  out.is_author = (bits & kAuthor) != 0;
  out.is_title = (bits & kTitle) != 0;
  out.is_lead = (bits & kLead) != 0;
  return out;
}

}  // namespace gavah::extract
