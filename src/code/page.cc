#include "code/page.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/format.h"
#include "base/json.h"
#include "code/check.h"
#include "code/code.h"

namespace gavah::code {
namespace {

struct List {
  std::string_view key;
  std::string_view title;
  std::string_view about;
};
constexpr std::array<List, 7> kLists{{
    {"stages", "Stages", "How far the act has come, as the words say."},
    {"polarities", "Polarity", "Whether the words say that it is so."},
    {"attributions", "Attribution", "Who vouches for it."},
    {"time_precisions", "Precision of time", "Times are intervals; the code says how wide the words leave them."},
    {"place_precisions", "Precision of place", "Places are areas; the code says how large. A province is no dot."},
    {"actor_classes", "Classes of actors", "Who acts, suffers or speaks; in brackets the side."},
    {"count_kinds", "Kinds of counts", "What a number counts."},
}};
constexpr std::array<std::string_view, 5> kLanguageNames{"en English", "fa Persian", "ar Arabic", "", ""};
constexpr std::string_view kOwnLanguage = "en";  // of acts.json and codes.json
constexpr std::size_t kShownWords = 40;          // rows of triggers on an act's page and language: its lexicon has all

std::string file_of(std::string_view act) {
  std::string out(act);
  std::ranges::replace(out, ' ', '-');
  return format("acts/{}.md", out);
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  while (true) {
    const auto cut = text.find(mark);
    out.push_back(text.substr(0, cut));
    if (cut == std::string_view::npos) return out;
    text.remove_prefix(cut + 1);
  }
}

/// Rows of a lexicon file without comments, as columns.
std::vector<std::vector<std::string_view>> rows_of(std::string_view bytes) {
  std::vector<std::vector<std::string_view>> out;
  for (const auto line : split(bytes, '\n')) {
    if (!line.empty() && line.front() != '#') out.push_back(split(line, '\t'));
  }
  return out;
}

class Book {
 public:
  Result<void> read(const CoderData& data, std::string_view language = kOwnLanguage) {
    for (const DataFile& file : data.files) files_.emplace(file.name, file.bytes);
    GAVAH_ASSIGN_AS(acts_, Json::parse(bytes("codebook/acts.json")), "reading codebook/acts.json");
    GAVAH_ASSIGN_AS(codes_, Json::parse(bytes("codebook/codes.json")), "reading codebook/codes.json");
    if (files_.contains("codebook/labels.json")) {
      GAVAH_ASSIGN_AS(labels_, Json::parse(bytes("codebook/labels.json")), "reading codebook/labels.json");
    }
    if (files_.contains("codebook/definitions.json")) {
      GAVAH_ASSIGN_AS(definitions_, Json::parse(bytes("codebook/definitions.json")),
                      "reading codebook/definitions.json");
    }
    GAVAH_TRY(tell_in(language));
    for (const auto& [name, text] : files_) {
      const auto parts = split(name, '/');
      if (parts.size() != 3 || parts[0] != "lexicon" || parts[2] != "triggers.tsv") continue;
      languages_.emplace_back(parts[1]);
    }
    return {};
  }

  std::vector<Page> pages() const {
    std::vector<Page> out{{"README.md", index()}};
    for (const Json& act : acts()) out.push_back({file_of(act.text_of("key")), act_page(act)});
    out.push_back({"codes.md", codes_page()});
    for (const std::string& language : languages_)
      out.push_back({format("lexicon-{}.md", language), lexicon_page(language)});
    return out;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const Json& act : acts()) out.emplace_back(act.text_of("key"));
    out.emplace_back("codes");
    for (const std::string& language : languages_) out.push_back(language);
    return out;
  }

  std::string json() const {
    JsonWriter out;
    out.begin_object().key("acts").begin_array();
    for (const Json& act : acts()) write_act(out, act);
    out.end_array().key("codes").value(codes_).key("codes_told").begin_object();
    for (const auto& [language, told] : definitions_.members()) {
      const Json* codes = told.find("codes");
      if (codes != nullptr) out.key(language).value(*codes);
    }
    return out.end_object().end_object().take();
  }

  std::string page(std::string_view name) const {
    for (const Json& act : acts()) {
      if (act.text_of("key") == name) return act_page(act);
    }
    return name == "codes" ? codes_page() : lexicon_page(std::string(name));
  }

 private:
  Result<void> tell_in(std::string_view language) {
    if (language == kOwnLanguage) return {};
    told_ = definitions_.find(language);
    if (told_ != nullptr && told_->is_object()) {
      language_ = language;
      return {};
    }
    std::string known(kOwnLanguage);
    for (const auto& [name, told] : definitions_.members()) {
      if (told.is_object()) known += ", " + name;
    }
    return fail(ErrorCode::not_found, format("the codebook is not told in '{}': it is in {}", language, known));
  }

  /// What codebook/definitions.json has at a path in the language of the pages; null where it has nothing.
  const Json* told(std::initializer_list<std::string_view> path) const {
    return told_ == nullptr ? nullptr : told_->find_path(path);
  }
  static std::string_view text_or(const Json* told, std::string_view own) {
    return told != nullptr && told->string() != nullptr ? std::string_view(*told->string()) : own;
  }
  /// A heading or a sentence of the pages.
  std::string_view say(std::string_view words) const { return text_or(told({"words", words}), words); }
  std::string_view definition_of(const Json& act) const {
    return text_or(told({"acts", act.text_of("key"), "definition"}), act.text_of("definition"));
  }
  std::string name_of(const Json& act) const {
    const auto key = act.text_of("key");
    if (told_ == nullptr) return std::string(key);
    return format("{} ({})", text_or(labels_.find_path({"acts", key, language_}), key), key);
  }

  std::string_view bytes(const std::string& name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? std::string_view() : found->second;
  }

  void write_act(JsonWriter& out, const Json& act) const {
    out.begin_object();
    for (const auto& [name, member] : act.members()) out.key(name).value(member);
    out.key("labels");
    if (const Json* labels = labels_.find_path({"acts", act.text_of("key")})) {
      out.value(*labels);
    } else {
      out.begin_object().end_object();
    }
    out.key("told").begin_object();
    for (const auto& [language, told] : definitions_.members()) {
      const Json* words = told.find_path({"acts", act.text_of("key")});
      if (words != nullptr) out.key(language).value(*words);
    }
    out.end_object().key("words").begin_object();
    for (const std::string& language : languages_) {
      const Words found = words_of(act.text_of("key"), language);
      out.key(language).begin_object().key("shown").begin_array();
      for (const std::string_view row : found.shown) out.text(row);
      out.end_array().member("more", found.more).end_object();
    }
    out.end_object().end_object();
  }

  const Json::Array& acts() const {
    const Json* list = acts_.find("acts");
    return list != nullptr ? list->items() : acts_.items();
  }

  std::string index() const {
    std::string out = format(
        "# {}\n\n{} types of acts. A report's words are coded as the narrowest type that "
        "they name; what a type excludes says which other type it is.\n",
        say("The codebook"), acts().size());
    std::string family;
    for (const Json& act : acts()) {
      if (act.text_of("family") != family) {
        family = act.text_of("family");
        out += format("\n## {}\n\n", family);
      }
      out += format("* [{}]({}): {}\n", name_of(act), file_of(act.text_of("key")), definition_of(act));
    }
    out += "\n## Beside the acts\n\n* [codes](codes.md): stages, polarity, attribution, precision, actors, counts\n";
    for (const std::string& language : languages_)
      out += format("* [lexicon of {}](lexicon-{}.md): the words that are coded, and where they come from\n",
                    language_name(language), language);
    return out;
  }

  static std::string language_name(std::string_view language) {
    for (const auto name : kLanguageNames) {
      if (name.substr(0, name.find(' ')) == language && !name.empty())
        return std::string(name.substr(name.find(' ') + 1));
    }
    return std::string(language);
  }

  std::string bullets(const Json& act, std::string_view field) const {
    std::string out;
    const Json* list = told({"acts", act.text_of("key"), field});
    if (list == nullptr) list = act.find(field);
    if (list == nullptr) return out;
    for (const Json& item : list->items()) {
      if (item.string() != nullptr) out += format("* {}\n", *item.string());
    }
    return out;
  }

  std::string act_page(const Json& act) const {
    const auto key = act.text_of("key");
    std::string out = format("# {}\n\n{}\n\n", name_of(act), definition_of(act));
    const auto side = act.text_of("side");
    out += format("{}: {}. {}: {}. {}: {}.\n", say("Family"), act.text_of("family"), say("Side"),
                  told_ == nullptr ? side : text_or(labels_.find_path({"sides", side, language_}), side),
                  say("A number of people beside it counts"), act.text_of("count"));
    if (const Json* labels = labels_.find_path({"acts", key})) {
      out += format("{}:", say("In other languages"));
      for (const auto& [language, label] : labels->members()) {
        if (language != language_ && label.string() != nullptr) out += format(" {} ({})", *label.string(), language);
      }
      out += ".\n";
    }
    out += format("\n## {}\n\n{}\n## {}\n\n{}\n## {}\n\n", say("Includes"), bullets(act, "includes"), say("Excludes"),
                  bullets(act, "excludes"), say("Worked examples"));
    const Json* examples = act.find("examples");
    for (const Json& example : examples != nullptr ? examples->items() : Json::Array{})
      out += format("* ({}) {}\n", example.text_of("lang"), example.text_of("text"));
    out += format("\n## {}\n\n{}\n", say("Slots"), bullets(act, "slots"));
    out += format("## {}\n\n* ACLED sub-event type: {}\n* PLOVER event type and mode: {}\n", say("In other codebooks"),
                  act.text_of("acled"), act.text_of("plover"));
    out += words(key);
    return out;
  }

  /// Words of one language that name an act: the first kShownWords, and how many more there are.
  struct Words {
    std::vector<std::string_view> shown;
    std::size_t more = 0;
  };

  Words words_of(std::string_view act, const std::string& language) const {
    Words out;
    for (const auto& row : rows_of(bytes(format("lexicon/{}/triggers.tsv", language)))) {
      if (row.size() < 3 || row[1] != act) continue;
      if (out.shown.size() < kShownWords) {
        out.shown.push_back(row[0]);
      } else {
        ++out.more;
      }
    }
    return out;
  }

  /// The rows of each language that name an act.
  std::string words(std::string_view act) const {
    std::string out = format("\n## {}\n\n", say("Words"));
    for (const std::string& language : languages_) {
      const Words found = words_of(act, language);
      std::string list;
      for (const std::string_view row : found.shown) list += format("{}`{}`", list.empty() ? "" : ", ", row);
      if (found.more > 0) list += format(", and {} more", found.more);
      out += format("* {}: {}\n", language_name(language), list.empty() ? "none" : list);
    }
    return out;
  }

  std::string codes_page() const {
    std::string out = format("# {}\n", say("Codes"));
    for (const List& list : kLists) {
      out += format("\n## {}\n\n{}\n\n", say(list.title), say(list.about));
      const Json* items = codes_.find(list.key);
      for (const Json& item : items != nullptr ? items->items() : Json::Array{}) {
        if (item.string() != nullptr) {
          out += format("* {}\n", *item.string());
          continue;
        }
        const auto side = item.text_of("side");
        out += format("* **{}**{}: {}\n", item.text_of("key"), side.empty() ? "" : format(" ({})", side),
                      text_or(told({"codes", list.key, item.text_of("key")}), item.text_of("definition")));
      }
    }
    return out;
  }

  std::string lexicon_page(const std::string& language) const {
    std::string out = format("# The lexicon of {}\n\nIn `data/lexicon/{}/`, a row a line, columns parted by tabs.\n\n",
                             language_name(language), language);
    out += "| file | rows |\n| --- | --- |\n";
    const std::string folder = format("lexicon/{}/", language);
    for (const auto& [name, text] : files_) {
      if (name.starts_with(folder)) out += format("| {} | {} |\n", name.substr(folder.size()), rows_of(text).size());
    }
    out += "\n## Sources\n\n";
    const std::size_t before = out.size();
    for (const auto line : split(bytes("lexicon/SOURCES.md"), '\n')) {
      if (line.starts_with(format("| {}/", language))) out += format("{}\n", line);
    }
    if (out.size() == before) out += "No row of SOURCES.md says where it comes from.\n";
    out += "\n## Cues\n\nWords that say how the acts around them are meant.\n\n";
    std::map<std::string_view, std::string> cues;
    for (const auto& row : rows_of(bytes(folder + "cues.tsv"))) {
      if (row.size() < 2 || row[1] == "-") continue;
      std::string& list = cues[row[1]];
      list += format("{}`{}`", list.empty() ? "" : ", ", row[0]);
    }
    for (const auto& [cue, list] : cues) out += format("* **{}**: {}\n", cue, list);
    return out;
  }

  std::map<std::string, std::string_view, std::less<>> files_;
  Json acts_, codes_, labels_, definitions_;
  const Json* told_ = nullptr;  ///< of definitions_, in the language of the pages; null in that of acts.json
  std::string language_ = std::string(kOwnLanguage);
  std::vector<std::string> languages_;
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Result<std::vector<Page>> pages(const CoderData& data, std::string_view language) {
  Book book;
  GAVAH_TRY(book.read(data, language));
  return book.pages();
}

Result<std::string> pages_json(const CoderData& data) {
  Book book;
  GAVAH_TRY(book.read(data));
  return book.json();
}

Result<std::string> page_of(const CoderData& data, std::string_view name, std::string_view language) {
  Book book;
  GAVAH_TRY(book.read(data, language));
  const auto names = book.names();
  const std::string wanted = lower(name);
  std::vector<std::string> found;
  for (const std::string& known : names) {
    const std::string name_of_page = lower(known);
    if (name_of_page == wanted) return book.page(known);
    if (name_of_page.starts_with(wanted)) found.push_back(known);
  }
  if (found.size() == 1) return book.page(found.front());
  const auto nearest = nearest_spelling(wanted, names);
  return fail(ErrorCode::not_found, format("the codebook has no page '{}'{}; gavah codebook lists them", name,
                                           nearest.empty() ? "" : format(": did you mean '{}'?", nearest)));
}

}  // namespace gavah::code
