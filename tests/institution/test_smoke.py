from support import *
def test_x(klaas): assert klaas.institution.verify()==()
