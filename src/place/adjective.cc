#include "place/adjective.h"

#include <algorithm>
#include <map>
#include <string>

namespace gavah::place {
namespace {

/// Country code, then its words; '_' stands for a space.
constexpr std::string_view kAdjectives =
    "AF afghan afghans|AL albanian albanians|DZ algerian algerians|US american americans|AO angolan|"
    "AR argentine argentinian argentines|AM armenian armenians|AU australian australians|AT austrian austrians|"
    "AZ azerbaijani azeri|BH bahraini bahrainis|BD bangladeshi bangladeshis|BY belarusian belarusians|"
    "BE belgian belgians|BO bolivian bolivians|BA bosnian bosnians|BR brazilian brazilians|"
    "GB british briton britons|BG bulgarian bulgarians|KH cambodian cambodians|CM cameroonian|"
    "CA canadian canadians|TD chadian|CL chilean chileans|CN chinese|CO colombian colombians|CD congolese|"
    "HR croatian croatians croat|CU cuban cubans|CY cypriot cypriots|CZ czech czechs|DK danish danes dane|"
    "EC ecuadorian|EG egyptian egyptians|SV salvadoran salvadorans|ER eritrean eritreans|EE estonian estonians|"
    "ET ethiopian ethiopians|FI finnish finns|FR french frenchman frenchmen|GE georgian georgians|DE german germans|"
    "GH ghanaian ghanaians|GR greek greeks|GT guatemalan guatemalans|HT haitian haitians|HN honduran hondurans|"
    "HU hungarian hungarians|IS icelandic|IN indian indians|ID indonesian indonesians|IR iranian iranians|"
    "IQ iraqi iraqis|IE irish irishman|IL israeli israelis|IT italian italians|JM jamaican jamaicans|JP japanese|"
    "JO jordanian jordanians|KZ kazakh kazakhs|KE kenyan kenyans|KW kuwaiti kuwaitis|KG kyrgyz|LA laotian|"
    "LV latvian latvians|LB lebanese|LR liberian liberians|LY libyan libyans|LT lithuanian lithuanians|"
    "MY malaysian malaysians|ML malian|MX mexican mexicans|MD moldovan|MN mongolian|MA moroccan moroccans|"
    "MM burmese|NP nepalese nepali|NL dutch dutchman|NZ kiwi|NI nicaraguan nicaraguans|NG nigerian nigerians|"
    "KP north_korean north_koreans|NO norwegian norwegians|OM omani omanis|PK pakistani pakistanis|"
    "PS palestinian palestinians|PA panamanian|PY paraguayan|PE peruvian peruvians|"
    "PH filipino filipinos philippine|PL polish poles|PT portuguese|QA qatari qataris|RO romanian romanians|"
    "RU russian russians|RW rwandan rwandans|SA saudi saudis saudi_arabian|SN senegalese|"
    "RS serbian serbians serb serbs|SG singaporean|SK slovak slovaks|SI slovenian|SO somali somalis|"
    "ZA south_african south_africans|KR south_korean south_koreans korean koreans|ES spanish spaniard spaniards|"
    "LK sri_lankan|SD sudanese|SE swedish swedes swede|CH swiss|SY syrian syrians|TW taiwanese|TJ tajik tajiks|"
    "TZ tanzanian tanzanians|TH thai thais|TN tunisian tunisians|TR turkish turk turks|TM turkmen|"
    "UG ugandan ugandans|UA ukrainian ukrainians|AE emirati emiratis|UY uruguayan|UZ uzbek uzbeks|"
    "VE venezuelan venezuelans|VN vietnamese|YE yemeni yemenis|ZM zambian|ZW zimbabwean zimbabweans";

std::map<std::string, std::string_view, std::less<>> read_adjectives() {
  std::map<std::string, std::string_view, std::less<>> out;
  std::string_view rest = kAdjectives;
  while (!rest.empty()) {
    std::string_view country = rest.substr(0, rest.find('|'));
    rest.remove_prefix(std::min(country.size() + 1, rest.size()));
    const std::string_view code = country.substr(0, 2);
    country.remove_prefix(3);
    while (!country.empty()) {
      const std::string_view word = country.substr(0, country.find(' '));
      std::string key(word);
      std::replace(key.begin(), key.end(), '_', ' ');
      out.emplace(std::move(key), code);
      country.remove_prefix(std::min(word.size() + 1, country.size()));
    }
  }
  return out;
}

}  // namespace

std::string_view country_of_adjective(std::string_view folded_word) {
  static const auto table = read_adjectives();
  const auto found = table.find(folded_word);
  return found == table.end() ? std::string_view() : found->second;
}

}  // namespace gavah::place
