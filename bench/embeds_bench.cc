// rooms: extract capture text html model base
// Embedded posts: of those that `embedded-social-index` says are in the pages of the public sets, how many become posts
// of their own, and which posts are none.
//   embeds_bench [--list]
// Gold is read off the bytes by patterns, as the index was made (blockquotes by class, frames by address); a post
// counts as found when its address is among those of the reports. Input: GAVAH_SHARED_DATA, else ../shared/data beside
// the repository.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "base/disk.h"
#include "base/format.h"
#include "capture/inflate_whole.h"
#include "extract/extract.h"

namespace gavah {
namespace {

constexpr std::uint64_t kPageBytes = std::uint64_t{256} << 20U;

std::string data_root() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  return (shared != nullptr ? std::string(shared) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data") + "/extraction/";
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

/// What names a post whatever its address looks like: "x 123", "instagram abc", "youtube dQ…", "facebook 123".
std::string key_of(const std::string& address) {
  static const std::vector<std::pair<std::string, std::regex>> kKinds{
      {"x ", std::regex(R"((?:twitter\.com|x\.com)/(?:[^/"'\s]+/)+(?:status|statuses)/(\d+))")},
      {"instagram ", std::regex(R"(instagram\.com/(?:[^/"'\s]+/)?(?:p|reel|tv)/([\w-]+))")},
      {"youtube ", std::regex(R"(youtube(?:-nocookie)?\.com/embed/([\w-]+))")},
      {"youtube ", std::regex(R"(youtube\.com/watch\?v=([\w-]+))")},
      {"facebook ", std::regex(R"(facebook\.com/.*?(?:posts|videos)(?:%2F|/)(?:[^/%]*(?:%2F|/))?(\d+))")},
  };
  std::smatch match;
  for (const auto& [kind, pattern] : kKinds) {
    if (std::regex_search(address, match, pattern)) return kind + match[1].str();
  }
  return {};
}

struct Gold {
  std::vector<std::string> quotes;        ///< keys of blockquotes of X
  std::multiset<std::string> instagrams;  ///< of Instagram's
  std::set<std::string> frames;           ///< of YouTube
};

/// The page without its scripts, which hold copies of what stands there.
std::string without_scripts(const std::string& page) {
  const std::string folded = lower(page);
  std::string out;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t begin = std::min(folded.find("<script", at), page.size());
    out.append(page, at, begin - at);
    const std::size_t end = folded.find("</script", begin);
    at = end == std::string::npos ? page.size() : end;
  }
  return out;
}

/// Reads blockquotes and frames off the page by their letters.
Gold gold_of(const std::string& whole) {
  Gold out;
  const std::string page = without_scripts(whole);
  const std::string folded = lower(page);
  for (std::size_t at = folded.find("<blockquote"); at != std::string::npos; at = folded.find("<blockquote", at + 1)) {
    const std::string head = folded.substr(at, folded.find('>', at) - at);
    const std::string body = page.substr(at, folded.find("</blockquote", at) - at);
    if (head.find("twitter-tweet") != std::string::npos || head.find("twitter-video") != std::string::npos) {
      std::string key;
      for (std::size_t link = body.find("href="); link != std::string::npos; link = body.find("href=", link + 1)) {
        const std::string found = key_of(body.substr(link, body.find('>', link) - link));
        if (found.starts_with("x ")) key = found;
      }
      out.quotes.push_back(key);
    } else if (head.find("instagram-media") != std::string::npos) {
      out.instagrams.insert(key_of(body));
    }
  }
  for (std::size_t at = folded.find("<iframe"); at != std::string::npos; at = folded.find("<iframe", at + 1)) {
    const std::string key = key_of(page.substr(at, folded.find('>', at) - at));
    if (key.starts_with("youtube ")) out.frames.insert(key);
  }
  return out;
}

struct Score {
  std::size_t gold = 0, found = 0;
  void count(std::size_t hits) { ++gold, found += hits; }
};

enum class Lists { nothing, misses };

struct Totals {
  Score quotes, instagrams, frames;
  Score accounts, dates, texts;
  std::size_t posts = 0, unfounded = 0, pages = 0, indexed = 0, absent = 0;
};

void score_page(const std::string& name, const std::string& page, Lists lists, Totals& totals) {
  const Capture capture;
  Part part;
  part.format = "html";
  const auto reports = extract::extract({capture, part, page}, IdSecret{});
  std::multimap<std::string, const Report*> posts;
  std::size_t nameless = 0;
  for (std::size_t i = 1; i < reports.size(); ++i) {
    const std::string key = key_of(reports[i].url);
    ++totals.posts;
    if (reports[i].url.empty()) ++nameless;
    posts.emplace(key, &reports[i]);
    // Nothing in the page's bytes speaks of such a post.
    const std::string id = key.substr(key.find(' ') + 1);
    if (!key.empty() && page.find(id) == std::string::npos) {
      ++totals.unfounded;
      if (lists == Lists::misses) std::printf("UNFOUNDED %s %s\n", name.c_str(), reports[i].url.c_str());
    }
  }
  const Gold gold = gold_of(page);
  std::multimap<std::string, const Report*> left = posts;
  for (const std::string& key : gold.quotes) {
    const auto at = left.find(key);
    const bool found = key.empty() ? nameless > 0 : at != left.end();
    totals.quotes.count(found ? 1 : 0);
    if (!found && lists == Lists::misses) std::printf("MISSED %s %s\n", name.c_str(), key.c_str());
    if (at == left.end()) continue;
    totals.accounts.count(at->second->source.starts_with('@') ? 1 : 0);
    totals.dates.count(!at->second->published.is_unknown() ? 1 : 0);
    totals.texts.count(!at->second->text.empty() ? 1 : 0);
    left.erase(at);
  }
  for (const std::string& key : gold.instagrams) {
    const bool found = posts.contains(key);
    totals.instagrams.count(found ? 1 : 0);
    if (!found && lists == Lists::misses) std::printf("MISSED %s %s\n", name.c_str(), key.c_str());
  }
  for (const std::string& key : gold.frames) {
    const bool found = posts.contains(key);
    totals.frames.count(found ? 1 : 0);
    if (!found && lists == Lists::misses) std::printf("MISSED %s %s\n", name.c_str(), key.c_str());
  }
  if (lists == Lists::nothing) return;
  for (const auto& [key, report] : posts) {
    const bool is_gold = std::find(gold.quotes.begin(), gold.quotes.end(), key) != gold.quotes.end() ||
                         gold.instagrams.contains(key) || gold.frames.contains(key);
    if (!is_gold)
      std::printf("OTHER %s %s | %s | %.120s\n", name.c_str(), report->url.c_str(), report->source.c_str(),
                  report->text.c_str());
  }
}

int run(Lists lists) {
  RealDisk disk;
  Totals totals;
  std::ifstream index(data_root() + "embedded-social-index/index.tsv");
  std::string line;
  std::getline(index, line);
  while (std::getline(index, line)) {
    const std::string name = line.substr(0, line.find('\t'));
    const auto packed = disk.read(data_root() + name);
    if (!packed) {
      ++totals.absent;
      continue;
    }
    const auto page = capture::inflate_whole(*packed, capture::Deflated::gzip, kPageBytes);
    if (!page) continue;
    ++totals.pages;
    totals.indexed += static_cast<std::size_t>(std::stoul(line.substr(name.size() + 1)));
    score_page(name, page->bytes, lists, totals);
  }
  const auto print = [](const char* what, const Score& score) {
    std::printf("%-28s %zu/%zu\n", what, score.found, score.gold);
  };
  std::printf("%zu pages of the index (%zu more are held back); the index counts %zu blockquotes of X in them\n",
              totals.pages, totals.absent, totals.indexed);
  print("blockquotes of X", totals.quotes);
  print("  with their account", totals.accounts);
  print("  with their date", totals.dates);
  print("  with their words", totals.texts);
  print("blockquotes of Instagram", totals.instagrams);
  print("frames of YouTube", totals.frames);
  std::printf("posts made %zu, of an address that the page has not %zu\n", totals.posts, totals.unfounded);
  return 0;
}

}  // namespace
}  // namespace gavah

int main(int count, char** words) {
  const bool lists = count > 1 && std::string(words[1]) == "--list";
  return gavah::run(lists ? gavah::Lists::misses : gavah::Lists::nothing);
}
