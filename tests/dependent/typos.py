"""Slips that type checking must catch; each line below is one."""

import povdata

povdata.observations.where(indicator="povrty_rate")
povdata.observations.where(indicater="poverty_rate")
povdata.practices.where(category="party")
povdata.provinces["130000"].povertycounties
povdata.observations["fuping-poverty-rate-2014"].value + "1"
povdata.observations["fuping-poverty-rate-2014"].place_record.nameen
povdata.places["130624"].parent_record.name_en
povdata.practices["chengkou-wuda-xingdong"].parts[0].categry
povdata.cite("bibtext")
povdata.export("somewhere", "cvs")
povdata.provinces["13000"]
povdata.indicators["povrty_rate"]
povdata.describe("observatons")
povdata.places.to_pandas(labels="fr")
povdata.changes(labels="fr")
