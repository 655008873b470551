// rooms: extract capture text html model base
// Main text and publication dates on the public evaluation sets, beside what their peers publish.
//   extract_bench [--dump FOLDER] [--write FILE] [aeb] [trafilatura] [wcxb] [htmldate] [gold]
// --write keeps what was read of each page as JSON Lines, for bench/extract, which scores it beside peers.
// Input: GAVAH_SHARED_DATA, else ../shared/data beside the repository. One thread; time is the core's, of extract()
// alone.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "base/disk.h"
#include "base/format.h"
#include "base/json.h"
#include "base/utf8.h"
#include "capture/inflate_whole.h"
#include "extract/extract.h"
#include "extract/written_date.h"

namespace gavah {
namespace {

std::string data_root() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  return (shared != nullptr ? std::string(shared) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data") + "/extraction/";
}

constexpr std::uint64_t kPageBytes = std::uint64_t{256} << 20U;

struct Timer {
  double last_seconds = 0;  ///< of the last page
  std::size_t last_bytes = 0;
  double seconds = 0;
  std::size_t bytes = 0;
  std::size_t pages = 0;
};

std::optional<std::string> gunzipped(RealDisk& disk, const std::string& path) {
  const auto packed = disk.read(path);
  if (!packed) return std::nullopt;
  auto inflated = capture::inflate_whole(*packed, capture::Deflated::gzip, kPageBytes);
  if (!inflated) return std::nullopt;
  return std::move(inflated->bytes);
}

/// Time that this thread had a core: the machine may be shared.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<Report> extract_page(const std::string& bytes, const std::string& url, Timer& timer) {
  const Capture capture;
  Part part;
  part.format = "html";
  part.url = url;
  const double begin = cpu_seconds();
  auto reports = extract::extract({capture, part, bytes}, IdSecret{});
  timer.last_seconds = cpu_seconds() - begin;
  timer.last_bytes = bytes.size();
  timer.seconds += timer.last_seconds;
  timer.bytes += bytes.size();
  ++timer.pages;
  return reports;
}

/// Everything a reader of the page would be given: the article with its embedded posts.
std::string whole_text(const std::vector<Report>& reports) {
  std::string out;
  for (const Report& report : reports) out += report.text + "\n";
  return out;
}

/// Python's \w as far as these pages go: letters, digits, underscore.
bool is_word(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  if (c < 0xC0)
    return c == 0xAA || c == 0xB2 || c == 0xB3 || c == 0xB5 || c == 0xB9 || c == 0xBA || (c >= 0xBC && c <= 0xBE);
  if (c == 0xD7 || c == 0xF7) return false;
  if (c >= 0x600 && c <= 0x61F) return false;
  if ((c >= 0x64B && c <= 0x65F) || c == 0x66A || c == 0x66B || c == 0x66C || c == 0x6D4) return false;
  if (c >= 0x2000 && c <= 0x2BFF) return c == 0x2071 || (c >= 0x2080 && c <= 0x2089) || (c >= 0x2460 && c <= 0x249B);
  if (c >= 0x3000 && c <= 0x3004) return false;
  if (c >= 0x3008 && c <= 0x3020) return false;
  if (c >= 0xFF00 && c <= 0xFF0F) return false;
  if (c >= 0xFF1A && c <= 0xFF20) return false;
  if (c >= 0xE000 && c <= 0xF8FF) return false;
  if (c >= 0xFE00 && c <= 0xFE6F) return false;
  return c < 0x1F000 && c != 0xFFFD && c != 0xFEFF && c != 0x30FB;
}

enum class Case { keep, lower };
std::vector<std::string> words_of(std::string_view text, Case letters) {
  std::vector<std::string> out;
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    at += point.size_bytes;
    if (is_word(point.value)) {
      if (letters == Case::lower &&
          ((point.value >= 'A' && point.value <= 'Z') || (point.value >= 0xC0 && point.value <= 0xDE)))
        point.value += 32;
      append_utf8(word, point.value);
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

std::map<std::string, int> shingles(const std::vector<std::string>& words, std::size_t size) {
  std::map<std::string, int> out;
  if (words.empty()) return out;
  for (std::size_t i = 0; i + std::min(size, words.size()) <= words.size(); ++i) {
    std::string key;
    for (std::size_t j = i; j < std::min(i + size, words.size()); ++j) key += words[j] + "\x1F";
    ++out[key];
  }
  return out;
}

struct Overlap {
  double tp = 0, fp = 0, fn = 0;
  double f1() const { return tp == 0 ? (fp + fn == 0 ? 1.0 : 0.0) : 2 * tp / (2 * tp + fp + fn); }
};

Overlap overlap(const std::map<std::string, int>& predicted, const std::map<std::string, int>& truth) {
  Overlap out;
  for (const auto& [key, count] : predicted) {
    const auto found = truth.find(key);
    const int both = found == truth.end() ? 0 : std::min(count, found->second);
    out.tp += both;
    out.fp += count - both;
  }
  for (const auto& [key, count] : truth) {
    const auto found = predicted.find(key);
    out.fn += count - (found == predicted.end() ? 0 : std::min(count, found->second));
  }
  return out;
}

/// Rules are chosen by looking at half a and a half of b (c); the rest of b, nobody looked at (d), says whether they
/// are general. Sites are never split.
constexpr std::size_t kShares = 3;
constexpr std::array<char, kShares> kShareNames = {'a', 'c', 'd'};
std::size_t share_of(std::string_view url) {
  std::string_view host = url.substr(url.find("//") == std::string_view::npos ? 0 : url.find("//") + 2);
  host = host.substr(0, host.find('/'));
  if (host.starts_with("www.")) host.remove_prefix(4);
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : host) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return ((hash >> 8U) & 1U) == 0 ? 0 : ((hash >> 13U) & 1U) != 0 ? 1 : 2;
}

/// The labels are days as the page writes them; ours are instants of UTC.
std::string day_of(const std::vector<Report>& reports) {
  if (reports.empty() || !reports[0].published.start) return "none";
  const Day day = reports[0].published.start->day();
  const auto written = extract::read_machine_date(reports[0].published.phrase);
  const bool is_beside =
      written && std::abs(Instant::at_start_of(written->day).seconds - Instant::at_start_of(day).seconds) <= 86400;
  return is_beside ? written->day.text() : day.text();
}

/// Right, wrong and missed, of the whole and of each share.
struct Counts {
  double tp = 0, fp = 0, fn = 0, tn = 0;
  double precision() const { return tp / (tp + fp); }
  double recall() const { return tp / (tp + fn); }
  double f1() const { return 2 * tp / (2 * tp + fp + fn); }
};
struct SharedCounts {
  std::array<Counts, kShares> share;
  Counts whole() const {
    Counts out;
    for (const Counts& one : share) out.tp += one.tp, out.fp += one.fp, out.fn += one.fn, out.tn += one.tn;
    return out;
  }
};
struct Mean {
  double sum = 0;
  std::size_t count = 0;
  void add(double value) { sum += value, ++count; }
  double value() const { return sum / static_cast<double>(count); }
};

/// "a 0.967 c 0.922 d 0.938"
std::string by_share(const std::function<double(std::size_t)>& figure) {
  std::string out;
  for (std::size_t i = 0; i < kShares; ++i)
    out += gavah::format("{}{} {:.3f}", i == 0 ? "" : " ", kShareNames[i], figure(i));
  return out;
}

class Bench {
 public:
  Bench(std::string dump, const std::string& write) : dump_(std::move(dump)) {
    if (!write.empty()) written_.open(write);
  }

  void aeb() {
    const auto truth = Json::parse(*disk_.read(data_root() + "scrapinghub-aeb/ground-truth.json"));
    std::array<Mean, kShares + 1> precision;  // of the shares, of the whole
    std::array<Mean, kShares + 1> recall;
    Timer timer;
    for (const auto& [id, item] : truth->members()) {
      const auto page = gunzipped(disk_, data_root() + "scrapinghub-aeb/html/" + id + ".html.gz");
      if (!page) continue;
      const auto reports = extract_page(*page, std::string(item.text_of("url")), timer);
      const std::string text = whole_text(reports);
      const Overlap o = overlap(shingles(words_of(text, Case::keep), 4),
                                shingles(words_of(item.text_of("articleBody"), Case::keep), 4));
      const std::size_t share = share_of(item.text_of("url"));
      for (const std::size_t slot : {share, kShares}) {
        const bool is_equal = o.fp + o.fn == 0;
        if (is_equal || o.tp + o.fp > 0) precision[slot].add(is_equal ? 1 : o.tp / (o.tp + o.fp));
        if (is_equal || o.tp + o.fn > 0) recall[slot].add(is_equal ? 1 : o.tp / (o.tp + o.fn));
      }
      write("aeb", id, reports, text, timer);
      dump(share, "aeb", id, o.f1(), text, std::string(item.text_of("articleBody")));
    }
    const auto f1 = [&](std::size_t slot) {
      const double p = precision[slot].value(), r = recall[slot].value();
      return 2 * p * r / (p + r);
    };
    print("AEB",
          gavah::format("F1 {:.3f} P {:.3f} R {:.3f}  {}", f1(kShares), precision[kShares].value(),
                        recall[kShares].value(), by_share(f1)),
          timer);
    std::puts(
        "     published: rs_trafilatura .970, go_trafilatura .960, trafilatura 2.0 .958, newspaper4k .949, "
        "readability.js .947");
  }

  void trafilatura() {
    const auto truth = Json::parse(*disk_.read(data_root() + "trafilatura-eval/evaldata.json"));
    SharedCounts counts;
    std::array<Mean, kShares> dates;
    Timer timer;
    for (const auto& [url, item] : truth->members()) {
      const auto page =
          gunzipped(disk_, data_root() + "trafilatura-eval/html/" + std::string(item.text_of("file")) + ".gz");
      if (!page) continue;
      const auto reports = extract_page(*page, url, timer);
      const std::string text = whole_text(reports);
      const std::string flat = collapsed(text);
      const std::size_t share = share_of(url);
      auto& [tp, fp, fn, tn] = counts.share[share];
      const std::string date(item.text_of("date"));
      if (Day::parse(date))
        add_date(dates, share, {"trafilatura", std::string(item.text_of("file")), url}, reports, date);
      double page_fn = 0, page_fp = 0;
      std::string missed;
      for (const Json& segment : item.find("with")->items()) {
        const bool found = flat.find(collapsed(*segment.string())) != std::string::npos;
        (found ? tp : page_fn) += 1;
        if (!found) missed += "MISSED: " + *segment.string() + "\n";
      }
      for (const Json& segment : item.find("without")->items()) {
        const bool found = flat.find(collapsed(*segment.string())) != std::string::npos;
        (found ? page_fp : tn) += 1;
        if (found) missed += "UNWANTED: " + *segment.string() + "\n";
      }
      fn += page_fn, fp += page_fp;
      write("trafilatura", std::string(item.text_of("file")), reports, text, timer);
      dump(share, "trafilatura", std::string(item.text_of("file")), 1 - (page_fn + page_fp) / 6, text, missed);
    }
    print("trafilatura", figures_of(counts) + "  " + shares_text("dates", dates), timer);
    std::puts(
        "     published: trafilatura 2.2 .924, magic-html .889, justext .862, readability-lxml .826, resiliparse .811");
  }

  void wcxb() {
    const auto lines = gunzipped(disk_, data_root() + "wcxb/dev-ground-truth.jsonl.gz");
    std::map<std::string, std::array<Mean, kShares + 1>> by_type;
    std::array<Mean, kShares> titles;
    std::array<Mean, kShares> authors;
    std::array<Mean, kShares> dates;
    Timer timer;
    for (std::size_t begin = 0; lines && begin < lines->size();) {
      const std::size_t end = std::min(lines->find('\n', begin), lines->size());
      const auto item = Json::parse(std::string_view(*lines).substr(begin, end - begin));
      begin = end + 1;
      if (!item) continue;
      const std::string id(item->text_of("file_id"));
      const auto page = gunzipped(disk_, data_root() + "wcxb/dev-html/" + id + ".html.gz");
      const Json* truth = item->find("ground_truth");
      if (!page || truth == nullptr) continue;
      const auto reports = extract_page(*page, std::string(item->text_of("url")), timer);
      const std::string text = whole_text(reports);
      const auto predicted = shingles(words_of(text, Case::lower), 1);
      const auto wanted = shingles(words_of(truth->text_of("main_content"), Case::lower), 1);
      const double f1 = wanted.empty() ? (predicted.empty() ? 1.0 : 0.0) : overlap(predicted, wanted).f1();
      const std::size_t share = share_of(item->text_of("url"));
      auto& means = by_type[std::string(item->text_of("page_type"))];
      means[share].add(f1), means[kShares].add(f1);
      const std::string date(truth->text_of("publish_date"));
      if (date.size() >= 10 && !reports.empty()) {
        add_date(dates, share, {"wcxb", id, std::string(item->text_of("url"))}, reports, date.substr(0, 10));
      }
      const std::string title(truth->text_of("title"));
      if (!title.empty() && !reports.empty()) {
        const bool is_right = words_of(title, Case::lower) == words_of(reports[0].title, Case::lower);
        titles[share].add(is_right ? 1 : 0);
        if (!is_right) dump(share, "wcxb-title", id, 0, reports[0].title, title);
      }
      const std::string author(truth->text_of("author"));
      if (!author.empty() && !reports.empty()) {
        const bool is_right = words_of(author, Case::lower) == words_of(reports[0].author, Case::lower);
        authors[share].add(is_right ? 1 : 0);
        if (!is_right) dump(share, "wcxb-author", id, 0, reports[0].author, author);
      }
      write("wcxb", id, reports, text, timer);
      dump(share, "wcxb-" + std::string(item->text_of("page_type")), id, f1, text,
           std::string(truth->text_of("main_content")));
    }
    std::string figures;
    for (const auto& [type, means] : by_type) {
      figures += gavah::format("{} {:.3f} ({}; {})  ", type, means[kShares].value(), means[kShares].count,
                               by_share([&](std::size_t share) { return means[share].value(); }));
    }
    print("WCXB dev", figures, timer);
    std::printf("     %s\n     %s\n     %s\n", shares_text("titles", titles).c_str(),
                shares_text("authors", authors).c_str(), shares_text("dates", dates).c_str());
    std::puts(
        "     published, articles: rs-trafilatura .932, MinerU-HTML .928, trafilatura .926, dom-smoothie .908, "
        "Readability .825");
  }

  void htmldate() {
    // Python's NaN stands where a page has no date.
    std::string labels = *disk_.read(data_root() + "htmldate-eval/dates.json");
    for (std::size_t at = labels.find(": NaN"); at != std::string::npos; at = labels.find(": NaN", at))
      labels.replace(at, 5, ": \"\"");
    const auto truth = Json::parse(labels);
    SharedCounts counts;
    Timer timer;
    for (const auto& [url, item] : truth->members()) {
      const auto page =
          gunzipped(disk_, data_root() + "htmldate-eval/html/" + std::string(item.text_of("file")) + ".gz");
      if (!page) continue;
      const auto reports = extract_page(*page, url, timer);
      const auto& published = reports.at(0).published;
      const std::string day = day_of(reports);
      write("htmldate", std::string(item.text_of("file")), reports, {}, timer);
      const bool is_right = day == item.text_of("date");
      if (item.text_of("date").empty()) continue;
      const std::size_t share = share_of(url);
      auto& [tp, fp, fn, tn] = counts.share[share];
      (is_right ? tp : published.start ? fp : fn) += 1;
      if (!is_right)
        dump(share, "htmldate", std::string(item.text_of("file")), 0,
             day + " from '" + published.phrase + "'\n" + url + "\n", std::string(item.text_of("date")));
    }
    print("htmldate", figures_of(counts), timer);
    std::puts("     published: htmldate extensive .949, fast .925, newspaper4k .810, goose3 .706");
  }

  /// The project's own pages in Persian and Arabic: tests/pages.
  void gold() {
    const std::filesystem::path folder = std::string(GAVAH_SOURCE_DIR) + "/tests/pages";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".html") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    Mean f1;
    Timer timer;
    for (const auto& file : files) {
      std::filesystem::path truth = file;
      const auto page = disk_.read(file.string());
      const auto wanted = disk_.read(truth.replace_extension(".txt").string());
      if (!page || !wanted) continue;
      const std::size_t body = std::min(wanted->find("\n\n"), wanted->size());
      const std::size_t url = wanted->find("url: ") + 5;
      const auto reports = extract_page(*page, wanted->substr(url, wanted->find('\n', url) - url), timer);
      const std::string text = whole_text(reports);
      const std::string main_text = wanted->substr(body);
      f1.add(overlap(shingles(words_of(text, Case::lower), 1), shingles(words_of(main_text, Case::lower), 1)).f1());
      write("gold", file.stem().string(), reports, text, timer);
    }
    print("own pages", gavah::format("word F1 {:.3f} ({} pages in Persian and Arabic)", f1.value(), files.size()),
          timer);
  }

 private:
  /// As Python's " ".join(text.split()) does it.
  static std::string collapsed(std::string_view text) {
    std::string out;
    bool space = false;
    for (std::size_t at = 0; at < text.size();) {
      const CodePoint point = decode_utf8(text, at);
      at += point.size_bytes;
      const char32_t c = point.value;
      if ((c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
          (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000) {
        space = !out.empty();
        continue;
      }
      if (space) out.push_back(' ');
      space = false;
      append_utf8(out, c);
    }
    return out;
  }

  static void print(const std::string& name, const std::string& figures, const Timer& timer) {
    std::printf("%-12s %s\n", name.c_str(), figures.c_str());
    std::printf("     %zu pages, %.1f MB, %.2f s: %.1f MB/s, %.0f pages/s, one thread\n", timer.pages,
                static_cast<double>(timer.bytes) / 1e6, timer.seconds,
                static_cast<double>(timer.bytes) / 1e6 / timer.seconds,
                static_cast<double>(timer.pages) / timer.seconds);
  }

  struct PageName {
    std::string set;
    std::string id;
    std::string url;
  };
  void add_date(std::array<Mean, kShares>& dates, std::size_t share, const PageName& page,
                const std::vector<Report>& reports, const std::string& wanted) {
    const std::string day = day_of(reports);
    dates[share].add(day == wanted ? 1 : 0);
    if (day == wanted || reports.empty()) return;
    dump(share, page.set + "-date", page.id, 0, day + " from '" + reports[0].published.phrase + "'\n" + page.url,
         wanted);
  }
  static std::string shares_text(const std::string& name, const std::array<Mean, kShares>& means) {
    Mean all;
    for (const Mean& mean : means) all.sum += mean.sum, all.count += mean.count;
    return gavah::format("{} {} of {} ({:.3f}; {})", name, all.sum, all.count, all.value(),
                         by_share([&](std::size_t share) { return means[share].value(); }));
  }
  static std::string figures_of(const SharedCounts& counts) {
    const Counts all = counts.whole();
    return gavah::format("F1 {:.3f} P {:.3f} R {:.3f} accuracy {:.3f}  {}", all.f1(), all.precision(), all.recall(),
                         (all.tp + all.tn) / (all.tp + all.tn + all.fp + all.fn),
                         by_share([&](std::size_t share) { return counts.share[share].f1(); }));
  }

  void dump(std::size_t share, const std::string& set, const std::string& id, double score, const std::string& text,
            const std::string& truth) {
    if (dump_.empty()) return;
    std::ofstream out(gavah::format("{}/{}-{}-{:.3f}-{}.txt", dump_, set, kShareNames.at(share), score, id));
    out << "=== GOT\n" << text << "\n=== WANTED\n" << truth << "\n";
  }

  void write(std::string_view set, std::string_view id, const std::vector<Report>& reports, std::string_view text,
             const Timer& timer) {
    if (!written_.is_open()) return;
    JsonWriter line;
    line.begin_object().member("set", set).member("id", id).member("day", day_of(reports)).member("text", text);
    line.member("bytes", timer.last_bytes).member("ns", static_cast<std::int64_t>(timer.last_seconds * 1e9));
    written_ << line.end_object().take() << "\n";
  }

  RealDisk disk_;
  std::string dump_;
  std::ofstream written_;
};

}  // namespace
}  // namespace gavah

int main(int argc, char** argv) {
  std::vector<std::string> sets(argv + 1, argv + argc);
  std::string dump;
  std::string write;
  while (sets.size() >= 2 && (sets[0] == "--dump" || sets[0] == "--write")) {
    (sets[0] == "--dump" ? dump : write) = sets[1];
    sets.erase(sets.begin(), sets.begin() + 2);
  }
  if (!gavah::RealDisk().exists(gavah::data_root())) {
    std::printf("the evaluation sets are not here: %s\n", gavah::data_root().c_str());
    return 4;
  }
  gavah::Bench bench(dump, write);
  const auto wants = [&](const char* set) {
    return sets.empty() || std::find(sets.begin(), sets.end(), set) != sets.end();
  };
  if (wants("aeb")) bench.aeb();
  if (wants("trafilatura")) bench.trafilatura();
  if (wants("wcxb")) bench.wcxb();
  if (wants("htmldate")) bench.htmldate();
  if (wants("gold")) bench.gold();
  return 0;
}
