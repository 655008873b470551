#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <sstream>

#include "base/format.h"
#include "coding/coding.h"
#include "coding/muc4.h"

namespace gavah::code::bench {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                   "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

std::string trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return std::string(text);
}

std::vector<std::string> cut_at(std::string_view text, std::string_view mark) {
  std::vector<std::string> out;
  while (true) {
    const auto at = text.find(mark);
    out.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + mark.size());
  }
}

/// "DEV-MUC3-0001 (NOSC)" at the start of a line: the id.
std::string heading(const std::string& line) {
  const auto at = line.find("-MUC");
  if (at == std::string::npos || at == 0 || at > 4 || line.size() < at + 10) return {};
  const auto end = line.find_first_of(" \r");
  const std::string id = line.substr(0, end);
  return id.size() == at + 10 ? id : std::string();
}

/// "SAN SALVADOR, 3 JAN 90 --": the day that a header gives.
std::optional<Day> day_of_header(const std::string& text) {
  std::istringstream in(text.substr(0, 200));
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const auto month = std::ranges::find(kMonths, words[i].substr(0, 3));
    if (month == kMonths.end() || words[i].size() > 4) continue;
    const int day = std::atoi(words[i - 1].c_str());
    const int year = std::atoi(words[i + 1].c_str());
    if (day < 1 || day > 31 || year < 80 || year > 99) continue;
    return Day::from_civil(1900 + year, static_cast<int>(month - kMonths.begin()) + 1, day);
  }
  return std::nullopt;
}

/// One slot of a key: its fills, each with its alternatives, without the quoted words they belong to.
std::vector<std::vector<std::string>> fills_of(const std::vector<std::string>& lines) {
  std::vector<std::vector<std::string>> out;
  for (const std::string& line : lines) {
    if (line.empty() || line == "-" || line == "*") continue;
    std::string bare = line.substr(0, line.find('"'));
    std::vector<std::string> alternatives;
    for (std::string& value : cut_at(bare, "/")) {
      while (!value.empty() && (value.back() == ':' || value.back() == ' ')) value.pop_back();
      if (!value.empty()) alternatives.push_back(value);
    }
    // "? NO INJURY": need not be filled.
    if (!alternatives.empty() && alternatives.front().front() == '?') {
      alternatives.front() = trimmed(alternatives.front().substr(1));
      alternatives.emplace_back("");
    }
    if (!alternatives.empty()) out.push_back(std::move(alternatives));
  }
  return out;
}

std::vector<std::string> alternatives_of(const std::vector<std::string>& lines) {
  std::vector<std::string> out;
  for (const std::string& line : lines) {
    for (std::string& value : cut_at(line, "/")) {
      std::erase_if(value, [](char c) { return c == '(' || c == ')'; });
      value = trimmed(value);
      if (!value.empty() && value != "*" && value != "?") out.push_back(value == "-" ? "" : value);
    }
  }
  return out;
}

/// "- 9 JUN 89" as keys write it in several ways: "-9 JUN 89", "? - 09 JUN 89".
std::string as_date(const std::string& written) {
  std::string out;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c == '?' || (c == ' ' && (out.empty() || out.back() == ' '))) continue;
    const bool digit = c >= '0' && c <= '9';
    if (digit && (out.empty() || out.back() == '-' || out.back() == ' ')) {
      if (!out.empty() && out.back() == '-') out += ' ';
      const bool alone = i + 1 == written.size() || written[i + 1] < '0' || written[i + 1] > '9';
      if (alone) out += '0';
    }
    out += c;
  }
  return out;
}

/// "GUATEMALA: PETEN (DEPARTMENT): FLORES (CITY)"
std::vector<std::string> chain_of(const std::string& location) {
  std::vector<std::string> out;
  for (const std::string& part : cut_at(location, ":")) {
    const auto from = part.find_first_not_of("?( ");
    if (from == std::string::npos) continue;
    const std::string name = trimmed(part.substr(from, part.find('(', from) - from));
    if (!name.empty()) out.push_back(name);
  }
  return out;
}

void fill_slot(Template& to, int slot, const std::vector<std::string>& lines) {
  const bool none = lines.empty() || lines.front() == "*" || lines.front() == "-";
  if (slot == 2) {
    for (const std::string& date : alternatives_of(lines)) to.dates.push_back(as_date(date));
  }
  if (slot == 3 && !none) {
    for (const std::string& line : lines) {
      for (const std::string& one : cut_at(line, " / ")) to.locations.push_back(chain_of(one));
    }
  }
  if (slot == 4) to.types = alternatives_of(lines);
  if (slot == 5) to.stages = alternatives_of(lines);
  if (slot == 11) to.confidences = fills_of(lines);
  if (slot == 21) to.numbers = fills_of(lines);
  if (slot == 23) to.effects = fills_of(lines);
}

std::string country_code(std::size_t index) {
  return {static_cast<char>('A' + index / 26), static_cast<char>('A' + index % 26)};
}

/// Feature class and code of a GeoNames row.
std::pair<std::string, std::string> feature_of(const std::string& type) {
  for (const std::string_view area : {"DEPARTMENT", "PROVINCE", "STATE", "REGION"}) {
    if (type.starts_with(area)) return {"A", area == "REGION" ? "RGN" : "ADM1"};
  }
  for (const std::string_view part : {"NEIGHBORHOOD", "SUBURB", "DISTRICT", "SECTOR", "ZONE"}) {
    if (type.starts_with(part)) return {"P", "PPLX"};
  }
  for (const std::string_view site : {"UNIVERSITY", "SCHOOL", "AIRPORT", "FARM", "JAIL"}) {
    if (type.starts_with(site)) return {"S", site == "AIRPORT" ? "AIRP" : "SCH"};
  }
  for (const std::string_view nature :
       {"RIVER", "VOLCANO", "HILL", "MOUNTAIN", "VALLEY", "ISLAND", "CHANNEL", "GULF"}) {
    if (type.starts_with(nature)) return {"T", "MT"};
  }
  return {"P", "PPL"};
}

class PlaceRows {
 public:
  void add(const std::string& line) {
    const std::string bare = line.substr(0, line.find('*'));
    const auto parts = cut_at(bare, ":");
    if (parts.size() < 2 || parts.front().empty() || std::islower(static_cast<unsigned char>(bare[1])) != 0) return;
    const std::string country = country_of(parts.front());
    std::string admin;
    std::string town;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const auto open = parts[i].find('(');
      if (open == std::string::npos) return;
      const std::string name = trimmed(parts[i].substr(0, open));
      const auto [feature, code] = feature_of(parts[i].substr(open + 1));
      if (code == "ADM1") admin = admin_of(country, name);
      entries_.push_back({name, feature, code, country, admin, town});
      if (code == "PPL") town = name;
    }
  }

  /// Capitals and towns that a department is named after are told apart from it as GeoNames does; a hill or river that
  /// shares a town's name is left out.
  std::string rows() {
    static const std::set<std::string> kCapitals{"SAN SALVADOR", "BOGOTA",  "LIMA",    "GUATEMALA CITY", "TEGUCIGALPA",
                                                 "SANTIAGO",     "LA PAZ",  "QUITO",   "BUENOS AIRES",   "PANAMA CITY",
                                                 "SAN JOSE",     "MANAGUA", "CARACAS", "HAVANA"};
    std::set<std::string> towns, areas;
    for (const Entry& one : entries_) {
      if (one.code == "PPL") towns.insert(one.country + one.name);
      if (one.code == "ADM1") areas.insert(one.country + one.name);
    }
    for (const Entry& one : entries_) {
      if (!seen_.emplace(one.country + "|" + one.name + "|" + one.code, 1).second) continue;
      if (one.code != "PPL" && one.code != "ADM1" && towns.contains(one.country + one.name)) continue;
      const bool is_seat = one.code == "PPL" && areas.contains(one.country + one.name);
      const bool is_capital = one.code == "PPL" && kCapitals.contains(one.name);
      row(one.name, one.feature, is_capital ? "PPLC" : is_seat ? "PPLA" : one.code, one.country, admin_for(one, areas));
    }
    return rows_;
  }

 private:
  struct Entry {
    std::string name, feature, code, country, admin, town;  ///< town: the one that a quarter lies in
  };
  /// The department that lists leave out where it has its seat's name ("PERU: LIMA (CITY): MIRAFLORES").
  std::string admin_for(const Entry& one, const std::set<std::string>& areas) {
    if (!one.admin.empty()) return one.admin;
    for (const std::string& name : {one.town, one.code == "PPL" ? one.name : std::string()}) {
      if (!name.empty() && areas.contains(one.country + name)) return admin_of(one.country, name);
    }
    return {};
  }
  std::string country_of(const std::string& name) {
    auto [found, is_new] = countries_.emplace(name, country_code(countries_.size()));
    if (is_new) row(name, "A", "PCLI", found->second, "00");
    return found->second;
  }
  std::string admin_of(const std::string& country, const std::string& name) {
    return admins_.emplace(country + name, format("{:02}", admins_.size() + 1)).first->second;
  }
  void row(const std::string& name, std::string_view feature, std::string_view code, const std::string& country,
           const std::string& admin) {
    rows_ += format("{}\t{}\t{}\t\t0\t0\t{}\t{}\t{}\t\t{}\t\t\t\t0\t\t\t\t1992-01-01\n", ++ids_, name, name, feature,
                    code, country, admin);
  }

  int ids_ = 0;
  std::string rows_;
  std::vector<Entry> entries_;
  std::map<std::string, std::string> countries_, admins_;
  std::map<std::string, int> seen_;
};

}  // namespace

std::vector<Document> muc_documents(const std::string& file) {
  std::vector<Document> out;
  std::istringstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (const auto id = heading(line); !id.empty()) {
      out.push_back({id, {}, {}});
      continue;
    }
    if (out.empty()) continue;
    const std::string words = trimmed(line);
    std::string& text = out.back().text;
    // Lines are broken at 72 letters; an empty line ends a paragraph.
    if (words.empty()) {
      if (!text.empty() && !text.ends_with("\n\n")) text += "\n\n";
    } else {
      if (!text.empty() && !text.ends_with('\n')) text += ' ';
      text += words;
    }
  }
  for (Document& document : out) document.dated = day_of_header(document.text);
  return out;
}

std::vector<Report> muc4_reports() {
  constexpr int kDevFiles = 13;
  const std::string raw = shared_data() + "/events/muc4/raw";
  std::vector<std::string> files{raw + "/tst1/tst1-muc3", raw + "/tst2/tst2-muc4"};
  for (int i = 0; i < kDevFiles; ++i) files.push_back(format("{}/dev/dev-muc3-{:02}01-{:04}", raw, i, 100 * (i + 1)));
  std::vector<Report> out;
  for (const std::string& file : files) {
    for (Document& document : muc_documents(file_text(file))) {
      out.push_back(report_of(std::move(document.text), document.dated.value_or(Day::from_civil(1990, 1, 1))));
    }
  }
  return out;
}

std::map<std::string, std::vector<Template>> muc_keys(const std::string& file) {
  std::map<std::string, std::vector<Template>> out;
  std::istringstream in(file);
  Template current;
  int slot = -1;
  std::vector<std::string> lines;
  const auto close = [&] {
    if (slot >= 2) fill_slot(current, slot, lines);
    lines.clear();
  };
  const auto end = [&] {
    close();
    slot = -1;
    if (current.document.empty()) return;
    auto& list = out[current.document];
    if (!current.types.empty()) list.push_back(std::move(current));
    current = {};
  };
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(';')) continue;
    const bool is_slot = !line.empty() && std::isdigit(static_cast<unsigned char>(line.front())) != 0;
    if (is_slot && line.size() > 36) {
      close();
      const int number = std::atoi(line.c_str());
      const std::string value = trimmed(std::string_view(line).substr(36));
      if (number == 0) {
        end();
        current.document = value.substr(0, value.find_first_of(" ("));
      }
      if (number == 1) current.is_optional = value.find("OPTIONAL") != std::string::npos;
      slot = number;
      lines = {value};
    } else if (!trimmed(line).empty() && slot >= 2) {
      lines.push_back(trimmed(line));
    }
  }
  end();
  return out;
}

std::string muc_places(const std::string& part1, const std::string& part2) {
  PlaceRows rows;
  // Areas within areas first: a place keeps the department that the first row names.
  for (const std::string* file : {&part2, &part1}) {
    std::istringstream in(*file);
    for (std::string line; std::getline(in, line);) {
      if (!line.empty() && std::isupper(static_cast<unsigned char>(line.front())) != 0) rows.add(line);
    }
  }
  return rows.rows();
}

std::string muc_day(Day day) {
  const std::string iso = day.text();
  return iso.substr(8, 2) + " " +
         std::string(kMonths.at(static_cast<std::size_t>(std::atoi(iso.substr(5, 2).c_str()) - 1))) + " " +
         iso.substr(2, 2);
}

}  // namespace gavah::code::bench
