#include "extract/json_ld.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "extract/discussion.h"
#include "extract/furniture.h"
#include "html/html.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kObjects = 512;
constexpr std::size_t kLevels = 8;
constexpr std::size_t kBlockBytes = std::size_t{2} << 20U;

constexpr auto kArticleTypes = std::to_array<std::string_view>(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
     "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report", "TechArticle",
     "ScholarlyArticle", "AdvertiserContentArticle", "Posting", "VideoObject", "DiscussionForumPosting", "Question"});

bool is_article(const Json& object) {
  const Json* type = object.find("@type");
  if (type == nullptr) return false;
  const auto matches = [](const Json& name) {
    return name.string() != nullptr &&
           std::find(kArticleTypes.begin(), kArticleTypes.end(), *name.string()) != kArticleTypes.end();
  };
  return matches(*type) || std::any_of(type->items().begin(), type->items().end(), matches);
}

std::string first_text(const Json* json) {
  if (json == nullptr) return {};
  if (const auto* text = json->string()) return std::string(trimmed(*text));
  for (const Json& item : json->items()) {
    if (std::string text = first_text(&item); !text.empty()) return text;
  }
  return {};
}

/// Names of a person or of several: "A", {"name": "A"}, [{"name": "A"}, {"name": "B"}].
std::string names_in(const Json* json) {
  if (json == nullptr) return {};
  if (const auto* text = json->string()) return text->starts_with("http") ? std::string() : std::string(trimmed(*text));
  if (json->is_object()) return first_text(json->find("name"));
  std::string out;
  for (const Json& item : json->items()) {
    const std::string name = names_in(&item);
    if (name.empty()) continue;
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

/// The text of the first member of that quoted name in a block that is no JSON.
std::string member_text(std::string_view block, std::string_view quoted_name) {
  constexpr std::size_t kValueBytes = 64;
  const std::size_t at = block.find(quoted_name);
  if (at == std::string_view::npos) return {};
  std::string_view rest = trimmed(block.substr(at + quoted_name.size(), kValueBytes));
  if (!rest.starts_with(':')) return {};
  rest = trimmed(rest.substr(1));
  const std::size_t end = rest.find('"', 1);
  return rest.starts_with('"') && end != std::string_view::npos ? std::string(rest.substr(1, end - 1)) : std::string();
}

class Walker {
 public:
  explicit Walker(JsonLd& into) : into_(into) {}

  void walk(const Json& json, std::size_t level) {
    if (level > kLevels || ++objects_ > kObjects) return;
    for (const Json& item : json.items()) walk(item, level + 1);
    if (!json.is_object()) return;
    if (is_article(json)) take(json);
    if (is_discussion_type(json.text_of("@type"))) into_.is_discussion = true;
    if (json.text_of("@type").ends_with("WebPage")) fill(into_.page_published, first_text(json.find("datePublished")));
    if (const Json* graph = json.find("@graph")) walk(*graph, level + 1);
    if (const Json* main = json.find("mainEntity")) walk(*main, level + 1);
  }

 private:
  static void fill(std::string& slot, std::string value) {
    if (slot.empty()) slot = std::move(value);
  }

  void take(const Json& json) {
    fill(into_.headline, html::decode_references(first_text(json.find("headline"))));
    fill(into_.author, html::decode_references(names_in(json.find("author"))));
    fill(into_.publisher, names_in(json.find("publisher")));
    fill(into_.published, first_text(json.find("datePublished")));
    fill(into_.published, first_text(json.find("dateCreated")));
    fill(into_.modified, first_text(json.find("dateModified")));
    fill(into_.article_body, first_text(json.find("articleBody")));
    const Json* page = json.find("mainEntityOfPage");
    if (page != nullptr) fill(into_.url, page->is_object() ? first_text(page->find("@id")) : first_text(page));
  }

  JsonLd& into_;
  std::size_t objects_ = 0;
};

}  // namespace

void read_json_ld(std::string_view block, JsonLd& into) {
  if (block.size() > kBlockBytes) return;
  auto json = Json::parse(trimmed(block));
  if (!json) {
    // Publishers paste text with line breaks into strings; JSON wants them escaped.
    std::string repaired(trimmed(block));
    for (char& c : repaired) {
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    json = Json::parse(repaired);
  }
  if (json) {
    Walker(into).walk(*json, 0);
  } else {
    into.published = into.published.empty() ? member_text(block, "\"datePublished\"") : std::move(into.published);
    into.modified = into.modified.empty() ? member_text(block, "\"dateModified\"") : std::move(into.modified);
  }
}

}  // namespace gavah::extract
