"""Slips that type checking must catch; each line below is one."""

import povdata

povdata.observations.where(indicator="povrty_rate")
povdata.observations.where(indicater="poverty_rate")
povdata.practices.where(category="party")
povdata.provinces["130000"].povertycounties
povdata.observations["fuping-poverty-rate-2014"].value + "1"
povdata.cite("bibtext")
povdata.export("somewhere", "cvs")
