### Ce qui est ouvert pour une personne.

today-title =
    { $count ->
        [one] Une action est ouverte pour vous
       *[other] { $shown } actions sont ouvertes pour vous
    }

today-nothing = Rien n’est ouvert en ce moment. La prochaine action arrivera dans votre salon.

today-all-done = Vous avez répondu à tout ce qui est ouvert. Merci !

today-hint = Un seul geste suffit. « Ouvrir » montre le texte à copier, les liens et le script.

today-button = nº { $number } : { $label }

today-button-open = Ouvrir le nº { $number }
