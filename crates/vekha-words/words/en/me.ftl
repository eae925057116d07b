# What is known of the resident.
fact-unknown = A record this app does not understand yet
fact-taken-back = taken back by its source
fact-yes = yes
fact-no = no

source-laboratory = A laboratory
source-clinician = A clinician
source-registry = A registry
source-city = The city
source-resident = Said by you

domain-health = Health
domain-legal = Papers and family
domain-social = Support
domain-education = Education
domain-labour = Work
domain-property = Property
domain-housing = Housing
domain-money = Money
domain-city = City
