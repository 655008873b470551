// rooms: capture model base
// Makes a case of a stated size for measuring: pages in WARC files, posts in JSON Lines, a gazetteer, sources, and the
// truth. usage: generate --out DIR --reports N [--seed S]. The same size and seed give the same bytes.
//
// A fifth of the reports are pages of about 20 kB. An event has one to nine reports; of those after the first 40 % tell
// it in other words or the other language, 35 % copy an earlier one, 17 % give another number, 8 % deny it.
#include <libdeflate.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/format.h"
#include "base/json.h"
#include "made/country.h"
#include "made/story.h"

namespace gavah::bench {
namespace {

constexpr std::size_t kPageBytes = 20'000;
constexpr std::uint64_t kPagesAFile = 5'000;
constexpr std::uint64_t kPostsAFile = 50'000;

struct Options {
  std::string out;
  std::uint64_t reports = 1000;
  std::uint64_t seed = 1;
};

/// One report that is to be written.
struct Told {
  Telling how = Telling::faithful;
  std::string text;
  std::string lang;
  int count = 0;
};

/// Files of one kind, the next begun when one is full.
class Shelf {
 public:
  Shelf(std::string stem, std::string ending, std::uint64_t items_a_file)
      : stem_(std::move(stem)), ending_(std::move(ending)), items_a_file_(items_a_file) {}

  void put(std::string_view bytes) {
    if (items_ % items_a_file_ == 0) {
      name_ = format("{}-{:04}{}", stem_, items_ / items_a_file_, ending_);
      file_ = std::ofstream(name_, std::ios::binary | std::ios::trunc);
    }
    ++items_;
    file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file_) {
      std::fprintf(stderr, "cannot write %s\n", name_.c_str());
      std::exit(4);
    }
  }
  std::uint64_t items() const { return items_; }

 private:
  std::string stem_;
  std::string ending_;
  std::uint64_t items_a_file_;
  std::uint64_t items_ = 0;
  std::string name_;
  std::ofstream file_;
};

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

std::string gzip_member(std::string_view bytes) {
  static const std::unique_ptr<libdeflate_compressor, FreeCompressor> kCompressor(libdeflate_alloc_compressor(6));
  std::string out(libdeflate_gzip_compress_bound(kCompressor.get(), bytes.size()), '\0');
  out.resize(libdeflate_gzip_compress(kCompressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

std::string x_date(Instant at) {
  static constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Day day = at.day();
  const int second = at.second_of_day();
  return format("{} {} {:02} {:02}:{:02}:{:02} +0000 {}", kDays[day.weekday()], kMonths[day.month() - 1], day.day(),
                second / 3600, second / 60 % 60, second % 60, day.year());
}

class Case {
 public:
  explicit Case(const Options& options)
      : options_(options),
        draw_(options.seed),
        country_(Country::make(draw_)),
        pages_(options.out + "/inbox/pages", ".warc.gz", kPagesAFile),
        posts_(options.out + "/inbox/posts", ".jsonl", kPostsAFile),
        truth_(options.out + "/truth.tsv", std::ios::binary) {}

  void write() {
    std::ofstream(options_.out + "/gazetteer.tsv", std::ios::binary) << country_.gazetteer();
    std::ofstream(options_.out + "/sources.csv", std::ios::binary) << country_.sources();
    truth_ << "report\tevent\tact\tplace\tday\tcount\ttelling\n";
    for (std::uint64_t event = 0; written() < options_.reports; ++event) {
      write_event(make_event(event, country_, draw_));
    }
    std::printf("%llu reports: %llu pages, %llu posts\n", static_cast<unsigned long long>(written()),
                static_cast<unsigned long long>(pages_.items()), static_cast<unsigned long long>(posts_.items()));
  }

 private:
  std::uint64_t written() const { return pages_.items() + posts_.items(); }

  void write_event(const Event& event) {
    std::vector<Told> told;
    int more = 1 + (draw_.chance(60) ? draw_.between(0, 3) : draw_.between(0, 8));
    Instant at{Instant::at_start_of(event.day).seconds + draw_.between(12 * 3600, 36 * 3600)};
    while (more-- > 0 && written() < options_.reports) {
      told.push_back(next_telling(event, told));
      write_report(event, told.back(), at);
      at.seconds += draw_.between(300, 40'000);
    }
  }

  Told next_telling(const Event& event, const std::vector<Told>& told) {
    Told out;
    out.lang = draw_.chance(60) ? "fa" : "en";
    out.count = event.count;
    const std::size_t kind = draw_.below(100);
    if (told.empty() || kind < 40) {
      out.text = tell(event, country_, out.lang, out.count, draw_);
    } else if (kind < 75) {
      out = told[draw_.below(told.size())];
      out.how = out.how == Telling::faithful ? Telling::copy : out.how;
    } else if (kind < 92) {
      out.how = event.count == 0 ? Telling::faithful : Telling::other_count;
      out.count = event.count == 0 ? 0 : event.count + draw_.between(1, 1 + event.count / 2);
      out.text = tell(event, country_, out.lang, out.count, draw_);
    } else {
      out.how = Telling::denial;
      out.text = deny(event, country_, out.lang);
    }
    return out;
  }

  void write_report(const Event& event, const Told& told, Instant at) {
    const bool is_page = written() % 5 == 0;
    const std::uint64_t number = written();
    const std::string name = is_page ? write_page(told, at, number) : write_post(told, at, number);
    const std::string count = event.count == 0 ? "" : std::to_string(told.count);
    truth_ << format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", name, event.id, act_of(event), country_.towns[event.town].id,
                     event.day.text(), count, name_of(told.how));
  }

  std::string write_post(const Told& told, Instant at, std::uint64_t number) {
    const Outlet& account = country_.accounts[draw_.below(country_.accounts.size())];
    const std::string id = std::to_string(1'300'000'000'000'000'000ULL + number * 1024);
    JsonWriter out;
    out.begin_object().member("created_at", x_date(at)).member("id_str", id).member("full_text", told.text);
    out.member("lang", told.lang).key("user").begin_object().member("id_str", account.id.substr(8));
    out.member("name", account.name).member("screen_name", account.id.substr(1)).end_object();
    out.key("entities").begin_object().key("hashtags").begin_array().end_array().key("urls").begin_array().end_array();
    out.end_object().member("retweet_count", draw_.between(0, 300)).member("favorite_count", draw_.between(0, 900));
    out.end_object();
    posts_.put(out.take() + "\n");
    return id;
  }

  std::string page_html(const Told& told, const Outlet& outlet, Instant at) {
    const bool is_fa = told.lang == "fa";
    std::string menu;
    for (int i = 0; i < 60; ++i) {
      menu += format("<li class=\"menu-item\"><a href=\"/section/{}\">{}</a></li>\n", i, is_fa ? "بخش" : "Section");
    }
    std::string out = format(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\n"
        "<meta property=\"og:site_name\" content=\"{}\"><meta property=\"article:published_time\" content=\"{}\">\n"
        "<style>.menu-item{{margin:0;padding:4px}}</style></head><body><nav><ul>{}</ul></nav>\n<main><article><h1>{}</"
        "h1>\n",
        told.lang, is_fa ? "rtl" : "ltr", told.text, outlet.name, at.text(), menu, told.text);
    out += format("<p>{}</p>\n", told.text);
    for (int i = 0; i < 5; ++i) out += format("<p>{}</p>\n", filler(told.lang, 500, draw_));
    out += "</article></main><aside>\n";
    while (out.size() + 200 < kPageBytes) {
      out += format("<div class=\"teaser\"><a href=\"/t/{}\">{}</a></div>\n", draw_.below(100'000),
                    filler(told.lang, 60, draw_));
    }
    return out + "</aside></body></html>\n";
  }

  std::string write_page(const Told& told, Instant at, std::uint64_t number) {
    std::vector<const Outlet*> fitting;
    for (const Outlet& outlet : country_.outlets) {
      if (outlet.lang == told.lang) fitting.push_back(&outlet);
    }
    const Outlet& outlet = *fitting[draw_.below(fitting.size())];
    const std::string url = format("https://{}/news/{}", outlet.id, number);
    const std::string html = page_html(told, outlet, at);
    const std::string block = format(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{}", html.size(), html);
    const std::string record = format(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{:012x}>\r\n"
        "WARC-Target-URI: {}\r\nWARC-Date: {}\r\nWARC-Block-Digest: sha256:{}\r\n"
        "Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
        number, url, Instant{at.seconds + 86'400}.text(), sha256(block).hex(), block.size(), block);
    pages_.put(gzip_member(record));
    return url;
  }

  Options options_;
  Draw draw_;
  Country country_;
  Shelf pages_;
  Shelf posts_;
  std::ofstream truth_;
};

std::optional<Options> parse(int argc, char** argv) {
  Options out;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name(argv[i]);
    const std::string_view value(argv[i + 1]);
    std::uint64_t* number = name == "--reports" ? &out.reports : name == "--seed" ? &out.seed : nullptr;
    if (name == "--out") {
      out.out = value;
    } else if (number == nullptr ||
               std::from_chars(value.data(), value.data() + value.size(), *number).ec != std::errc{}) {
      return std::nullopt;
    }
  }
  if (argc % 2 == 0 || out.out.empty()) return std::nullopt;
  return out;
}

}  // namespace
}  // namespace gavah::bench

int main(int argc, char** argv) {
  const auto options = gavah::bench::parse(argc, argv);
  if (!options) {
    std::fputs("usage: generate --out DIR --reports N [--seed S]\n", stderr);
    return 2;
  }
  std::error_code failed;
  std::filesystem::create_directories(options->out + "/inbox", failed);
  if (failed) {
    std::fprintf(stderr, "cannot make %s: %s\n", options->out.c_str(), failed.message().c_str());
    return 4;
  }
  gavah::bench::Case(*options).write();
  return 0;
}
